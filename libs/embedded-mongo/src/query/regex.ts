import { BSONRegExp } from 'bson';
import { fail } from '../errors.js';
import type { Value } from '../bson/value.js';

/** Compiles a BSON or string pattern. PCRE-only syntax is refused by the JavaScript engine with an explicit error. */
export function compileRegex(pattern: Value, options?: Value): RegExp {
  if (options !== undefined && typeof options !== 'string') fail(2, '$options has to be a string');
  if (pattern instanceof BSONRegExp) return build(pattern.pattern, options ?? pattern.options);
  if (typeof pattern === 'string') return build(pattern, options ?? '');
  return fail(2, '$regex has to be a string');
}

function build(pattern: string, options: string): RegExp {
  let source = pattern;
  let requested = options;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) {
    requested += inline[1] ?? '';
    source = source.slice(inline[0].length);
  }
  const flags = new Set<string>();
  for (const c of requested) {
    if (c === 'i' || c === 'm' || c === 's') flags.add(c);
    else if (c === 'x') source = stripExtended(source);
    else if (c === 'u' || c === 'l') flags.add('u');
    else fail(51108, `invalid flag in regex options: ${c}`);
  }
  if (/\\p\{|[\ud800-\udfff]/.test(source)) flags.add('u');
  try {
    return new RegExp(
      source
        .replaceAll('(?P<', '(?<')
        .replace(/\\A/g, '^')
        .replace(/\\[zZ]/g, '$'),
      [...flags].join(''),
    );
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** The `x` option: white space and comments outside character classes do not count. */
function stripExtended(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (m) => (/^[\s#]/.test(m) ? '' : m));
}
