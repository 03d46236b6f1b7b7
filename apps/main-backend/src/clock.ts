/** Injection token of the Clock: rules that depend on the time are tested at any instant. */
export const CLOCK = Symbol('CLOCK');
