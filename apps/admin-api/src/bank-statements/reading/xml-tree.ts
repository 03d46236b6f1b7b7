import sax from 'sax';
import { unreadable } from './unreadable.js';

/** An element by its local name; prefixes do not matter. */
export interface XmlElement {
  readonly name: string;
  /** Namespace of the element. */
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Of the file, from 1: where it begins. */
  readonly line: number;
  text: string;
}

const DEEPEST = 40;
const MOST_ELEMENTS = 400_000;
/** Only the five entities of XML itself. */
const OPTIONS = { xmlns: true, trim: false, strictEntities: true };

/**
 * Reads XML into a tree. Nothing but elements, attributes and text exists for it: a document type is refused, so there are no
 * entities to expand and nothing is ever fetched.
 * @throws DomainError bank_statement_unreadable
 */
export function readXml(text: string): XmlElement {
  const parser = sax.parser(true, OPTIONS);
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (why: string): never => {
    throw unreadable(why, { line: parser.line + 1 });
  };
  parser.onerror = (error) => refuse(`it is not well-formed XML (${error.message.split('\n')[0] ?? ''})`);
  parser.ondoctype = () => refuse('it has a document type, which statements never have');
  parser.onopentag = (tag) => {
    elements += 1;
    if (open.length >= DEEPEST || elements > MOST_ELEMENTS) refuse('it is too large');
    if (root && open.length === 0) refuse('it is not well-formed XML (more than one root)');
    const found: Readonly<Record<string, string | sax.QualifiedAttribute>> = tag.attributes;
    const attributes: Record<string, string> = {};
    for (const [name, value] of Object.entries(found)) attributes[name] = typeof value === 'string' ? value : value.value;
    const qualified = 'local' in tag ? { name: tag.local, namespace: tag.uri } : { name: tag.name, namespace: '' };
    const element: XmlElement = { ...qualified, attributes, children: [], line: parser.line + 1, text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    open.pop();
  };
  parser.write(text).close();
  if (!root) throw unreadable('it is empty');
  return root;
}

/** The elements at a path below one, e.g. `NtryDtls/TxDtls`. */
export function all(element: XmlElement | undefined, path: string): XmlElement[] {
  return path
    .split('/')
    .reduce<readonly XmlElement[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      element ? [element] : [],
    )
    .slice();
}

/** The trimmed text at the first of several paths that has any. */
export function textAt(element: XmlElement | undefined, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = all(element, path)[0]?.text.trim();
    if (text) return text;
  }
  return undefined;
}
