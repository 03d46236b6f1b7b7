import type { PageFrame } from './page-model.js';

export function pagePath(shortCode: string): string {
  return `/checkout/${encodeURIComponent(shortCode)}`;
}

/** Where the page's script asks for the ways to pay; the country comes last. */
export function methodsPath(shortCode: string, language: string): string {
  return `${pagePath(shortCode)}/methods?language=${language}&country=`;
}

export function receiptPath(shortCode: string): string {
  return `${pagePath(shortCode)}/receipt`;
}

export function continuePath(shortCode: string, transactionId: string): string {
  return `${pagePath(shortCode)}/continue?transactionId=${transactionId}`;
}

export function returnPath(shortCode: string, transactionId: string): string {
  return `${pagePath(shortCode)}/return?transactionId=${transactionId}`;
}

export function leftPath(shortCode: string): string {
  return `${pagePath(shortCode)}/left`;
}

/** A path of ours, in the language the buyer has chosen. */
export function inLanguage(path: string, { chosenLanguage }: Pick<PageFrame, 'chosenLanguage'>): string {
  return chosenLanguage === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}language=${chosenLanguage}`;
}
