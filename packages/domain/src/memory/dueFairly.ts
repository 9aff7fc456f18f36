import type { Lane } from "../lane/Lane.ts"

interface Due<W, H> {
  readonly workspace: W
  readonly head: H
  /** Place among the due heads of its workspace. */
  readonly rank: number
}

const dueIn = <W, H extends { readonly lane: Lane }>(
  workspace: W,
  heads: Iterable<H>,
  now: number
): ReadonlyArray<Due<W, H>> =>
  Array.from(heads)
    .filter(({ lane }) => lane.nextAt <= now)
    .toSorted((a, b) => a.lane.nextAt - b.lane.nextAt)
    .map((head, rank) => ({ workspace, head, rank }))

/** The heads that are due, with their workspaces: each workspace's oldest before anyone's second oldest. */
export const dueFairly = <W, H extends { readonly lane: Lane }>(
  workspaces: ReadonlyArray<readonly [W, Iterable<H>]>,
  now: number,
  limit: number
): ReadonlyArray<readonly [W, H]> =>
  workspaces
    .flatMap(([workspace, heads]) => dueIn(workspace, heads, now))
    .toSorted((a, b) => a.rank - b.rank || a.head.lane.nextAt - b.head.lane.nextAt)
    .slice(0, limit)
    .map(({ head, workspace }) => [workspace, head])
