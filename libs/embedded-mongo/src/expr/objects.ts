import { typeName } from '../bson/type-names.js';
import { hasField, isDoc, isNil, setField, truthy, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { compileArgs, type Operator } from './scope.js';

const mergeObjects: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => {
    const out: Doc = {};
    const merge = (v: Value): void => {
      if (isNil(v)) return;
      if (!isDoc(v)) fail(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(v)}`);
      for (const k of Object.keys(v)) setField(out, k, v[k]);
    };
    for (const e of args) {
      const v = e(d);
      if (args.length === 1 && Array.isArray(v)) v.forEach(merge);
      else merge(v);
    }
    return out;
  };
};

function constantName(v: Value, name: string): string {
  const s = isDoc(v) && '$literal' in v ? v['$literal'] : v;
  return typeof s === 'string' ? s : fail(5654602, `${name} requires 'field' to be a constant string`);
}

const getFieldOperator: Operator = (arg, scope, name) => {
  const full = isDoc(arg) && 'field' in arg;
  const field = constantName(full ? arg['field'] : arg, name);
  const input = scope.compile(full && 'input' in arg ? arg['input'] : '$$CURRENT');
  return (d) => {
    const v = input(d);
    if (isNil(v)) return null;
    return isDoc(v) && hasField(v, field) ? v[field] : undefined;
  };
};

function setFieldOperator(remove: boolean): Operator {
  return (arg, scope, name) => {
    if (!isDoc(arg)) fail(4161100, `${name} only supports an object as its argument`);
    const field = constantName(arg['field'], name);
    const input = scope.compile(arg['input']);
    const value = remove ? () => undefined : scope.compile(arg['value']);
    return (d) => {
      const v = input(d);
      if (isNil(v)) return null;
      if (!isDoc(v)) fail(4161105, `${name} requires 'input' to evaluate to type Object`);
      const out: Doc = { ...v };
      const x = value(d);
      if (x === undefined) Reflect.deleteProperty(out, field);
      else setField(out, field, x);
      return out;
    };
  };
}

function quantifier(all: boolean): Operator {
  return (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1);
    return (d) => {
      const v = e?.(d);
      if (!Array.isArray(v)) fail(17040, `${name}'s argument must be an array, but is ${typeName(v)}`);
      return all ? v.every(truthy) : v.some(truthy);
    };
  };
}

export const objectOperators: Readonly<Record<string, Operator>> = {
  $mergeObjects: mergeObjects,
  $getField: getFieldOperator,
  $setField: setFieldOperator(false),
  $unsetField: setFieldOperator(true),
  $allElementsTrue: quantifier(true),
  $anyElementTrue: quantifier(false),
  $rand: () => () => Math.random(),
};
