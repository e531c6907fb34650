import { z } from 'zod';

const wrappers = [z.ZodDefault, z.ZodOptional, z.ZodNullable, z.ZodPrefault, z.ZodReadonly];

/** What a setting holds in the end, without its default. */
function inner(schema: z.ZodType): z.ZodType {
  const wrapper = wrappers.find((kind) => schema instanceof kind);
  return wrapper ? inner((schema as z.ZodOptional<z.ZodType>).unwrap()) : schema;
}

/**
 * How a setting is written in values: numbers and enumerations as such, so that a wrong type is
 * refused before anything is installed; everything else as the text that the service will read.
 */
export function settingSchema(setting: z.ZodType): z.ZodType {
  const schema = inner(setting);
  if (schema instanceof z.ZodEnum) return schema;
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    let number = schema.isInt ? z.int() : z.number();
    if (minValue !== null && Number.isSafeInteger(minValue)) number = number.min(minValue);
    if (maxValue !== null && Number.isSafeInteger(maxValue)) number = number.max(maxValue);
    return number;
  }
  if (schema instanceof z.ZodBoolean) return z.boolean();
  return z.string();
}
