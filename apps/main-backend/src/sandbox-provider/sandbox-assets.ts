import { Injectable } from '@nestjs/common';
import { browserAssets } from '../html-pages/index.js';

export interface SandboxAssetAddresses {
  readonly css: string;
  readonly script: string;
  readonly icon: string;
}

/** Style sheet and script of the simulator's pages. */
@Injectable()
export class SandboxAssets {
  readonly files = browserAssets('sandbox', '/sandbox/assets/', ['sandbox.css', 'sandbox.js', 'icon.svg']);
  readonly addresses: SandboxAssetAddresses = {
    css: this.files.address('sandbox.css'),
    script: this.files.address('sandbox.js'),
    icon: this.files.address('icon.svg'),
  };
}
