/** In the order they came, by a name each. */
export const grouped = <A>(
  items: ReadonlyArray<A>,
  nameOf: (item: A) => string
): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const item of items) {
    const name = nameOf(item)
    const group = groups.get(name) ?? []
    groups.set(name, group)
    group.push(item)
  }
  return groups
}

/** Whether the numbers are 1, 2, 3 and so on. */
export const isGapless = (numbers: ReadonlyArray<number>): boolean =>
  numbers.every((number, index) => number === index + 1)

export const isAscending = (numbers: ReadonlyArray<number>): boolean =>
  numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0))
