/** What the nearest text of a task adds to how well the task fits. */
const NEAREST = 0.2

/** The best task, given how well each fits and how like its nearest text is, and its score, 0 to 1; -1 where there is no task. */
export const judge = (fits: Float32Array, nearest: Float32Array): { readonly task: number; readonly score: number } => {
  let task = -1
  let most = Number.NEGATIVE_INFINITY
  for (let index = 0; index < fits.length; index++) {
    const score = (fits[index] ?? 0) + NEAREST * (nearest[index] ?? 0)
    if (score <= most) continue
    task = index
    most = score
  }
  return { task, score: Math.min(Math.max(most, 0), 1) }
}
