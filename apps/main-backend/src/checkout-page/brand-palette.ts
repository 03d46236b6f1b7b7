/** The colours one brand colour becomes, each readable where it is used. All `#rrggbb`. */
export interface BrandPalette {
  readonly light: SchemeColours;
  readonly dark: SchemeColours;
}

export interface SchemeColours {
  /** Fill of the main button: the brand as it is. */
  readonly button: string;
  /** Edge of the button. At least 3:1 against the page, so that a pale button is seen as one, too. */
  readonly buttonEdge: string;
  /** Text on the button, at least 4.5:1. */
  readonly onButton: string;
  /** Links and the focus ring on the page, at least 4.5:1. */
  readonly accent: string;
}

/** Surfaces of the style sheet the brand colour has to stand out from: the lightest and darkest grounds text lies on. */
const LIGHT_GROUND = '#f4f5f7';
const DARK_GROUND = '#1c1f26';
const DEFAULT_BRAND = '#1f4fd8';
const WHITE = '#ffffff';
/** Pure black: of white and any softer ink, some mid-tone would leave both below 4.5:1. */
const INK = '#000000';

type Rgb = readonly [number, number, number];

/** Relative luminance of WCAG 2: 0 is black, 1 is white. */
export function luminance(colour: string): number {
  const [r, g, b] = parse(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of WCAG 2, from 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Moves the colour towards black or white in small steps until it reaches the ratio against the ground. */
export function withContrast(colour: string, ground: string, ratio: number): string {
  const target = luminance(ground) > 0.18 ? parse(INK) : parse(WHITE);
  const from = parse(colour);
  for (let step = 0; step <= 50; step++) {
    const candidate = format(from.map((channel, i) => channel + ((target[i] ?? 0) - channel) * (step / 50)) as unknown as Rgb);
    if (contrast(candidate, ground) >= ratio) return candidate;
  }
  return format(target);
}

/** White or black, whichever reads better on the colour. */
export function textOn(colour: string): string {
  return contrast(WHITE, colour) >= contrast(INK, colour) ? WHITE : INK;
}

/**
 * The accent is the brand unless given. Anything but `#rrggbb` falls back to the product's own colour: branding comes from
 * outside and ends up in a style sheet.
 */
export function brandPalette(primaryColor: string | undefined, accentColor?: string): BrandPalette {
  const brand = colourOr(primaryColor, DEFAULT_BRAND);
  const accent = colourOr(accentColor, brand);
  return { light: scheme(brand, accent, LIGHT_GROUND), dark: scheme(brand, accent, DARK_GROUND) };
}

function colourOr(colour: string | undefined, other: string): string {
  return colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour.toLowerCase() : other;
}

function scheme(brand: string, accent: string, ground: string): SchemeColours {
  return { button: brand, buttonEdge: withContrast(brand, ground, 3), onButton: textOn(brand), accent: withContrast(accent, ground, 4.5) };
}

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function format(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
