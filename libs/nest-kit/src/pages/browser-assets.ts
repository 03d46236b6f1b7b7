import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** One file as the browser gets it. */
export interface BrowserAsset {
  readonly contentType: string;
  readonly body: Buffer;
  readonly encoding?: 'br' | 'gzip';
}

/** One file made of several, in this order: fewer requests before the first paint. */
export interface AssetBundle {
  readonly name: string;
  readonly parts: readonly string[];
}

interface LoadedAsset {
  readonly fileName: string;
  readonly contentType: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/**
 * The style sheets and scripts of one page family, read and compressed once. Their addresses carry a hash of the
 * content, so they may be cached forever.
 */
export class BrowserAssets {
  private readonly byName = new Map<string, LoadedAsset>();
  private readonly byFileName = new Map<string, LoadedAsset>();

  /**
   * @param folder where the files are, with a slash at the end
   * @param prefix address under which they are served, e.g. `/checkout/assets/`
   * @param files a script may import scripts named before it, as `'./name.js'`
   */
  constructor(
    folder: URL,
    private readonly prefix: string,
    files: readonly (string | AssetBundle)[],
  ) {
    for (const file of files) {
      const { name, parts } = typeof file === 'string' ? { name: file, parts: [file] } : file;
      this.add(name, Buffer.concat(parts.map((part) => readFileSync(new URL(part, folder)))));
    }
  }

  /** The address to write into a page. @throws Error for a file that was not listed */
  address(name: string): string {
    const asset = this.byName.get(name);
    if (!asset) throw new Error(`unknown browser asset ${name}`);
    return this.prefix + asset.fileName;
  }

  find(fileName: string, acceptEncoding = ''): BrowserAsset | undefined {
    const asset = this.byFileName.get(fileName);
    if (!asset) return undefined;
    if (/\bbr\b/.test(acceptEncoding)) return { contentType: asset.contentType, body: asset.br, encoding: 'br' };
    if (/\bgzip\b/.test(acceptEncoding)) return { contentType: asset.contentType, body: asset.gzip, encoding: 'gzip' };
    return { contentType: asset.contentType, body: asset.plain };
  }

  private add(name: string, source: Buffer): void {
    const [stem = '', extension = ''] = name.split('.');
    const plain = extension === 'js' ? this.withHashedImports(source) : source;
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
    const fileName = `${stem}.${hash}.${extension}`;
    const contentType = CONTENT_TYPES[extension] ?? 'application/octet-stream';
    const asset = { fileName, contentType, plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) };
    this.byName.set(name, asset);
    this.byFileName.set(fileName, asset);
  }

  /** Scripts find each other by the names under which they are served. */
  private withHashedImports(source: Buffer): Buffer {
    let text = source.toString('utf8');
    for (const [name, { fileName }] of this.byName) text = text.replaceAll(` from './${name}'`, ` from './${fileName}'`);
    return Buffer.from(text, 'utf8');
  }
}
