/**
 * Whether a value that came as JSON has more than so many levels. Parsing takes any depth, all that comes behind it recurses: what a
 * stranger sends is asked for its depth first.
 */
export const isNestedDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1)))
