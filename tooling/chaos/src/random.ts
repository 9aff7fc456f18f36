/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Random = () => number

/** One of them; there is at least one. */
export const pick = <A>(random: Random, items: readonly [A, ...ReadonlyArray<A>]): A =>
  items[Math.floor(random() * items.length)] ?? items[0]

export const between = (random: Random, from: number, to: number): number => from + random() * (to - from)

/** In another order. */
export const shuffled = <A>(random: Random, items: ReadonlyArray<A>): Array<A> =>
  items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
