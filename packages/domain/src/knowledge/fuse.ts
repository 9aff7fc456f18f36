/** What a place is worth: 60, as in the paper that made it known, keeps a first place in one list from deciding alone. */
export const FUSION_K = 60

/** How many of the best by words, and by vector, are brought together. */
export const FUSED = 50

/** Reciprocal rank fusion of the places (1 is the first; null: not among them) in two lists: 1 for the first of both. */
export const fusedScore = (byWords: number | null, byVector: number | null): number =>
  [byWords, byVector].reduce<number>(
    (sum, place) => sum + (place === null ? 0 : (FUSION_K + 1) / (FUSION_K + place)),
    0
  ) / 2
