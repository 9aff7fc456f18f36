/** One measured figure; `baseline` is what it is held against, `bound` what is asked of it. */
export interface Figure {
  readonly name: string
  readonly baseline?: number
  readonly value: number
  /** Whether the bound is on the value itself or on value / baseline. */
  readonly bound?: { readonly of: "ratio" | "value"; readonly at: "most" | "least"; readonly limit: number }
}

const number = (value: number): string =>
  value.toLocaleString("en-US", {
    maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2,
    minimumFractionDigits: Math.abs(value) >= 100 ? 0 : 2
  })

const judge = ({ baseline, bound, value }: Figure): string => {
  if (bound === undefined) return ""
  const judged = bound.of === "value" ? value : value / (baseline ?? Number.NaN)
  const kept = bound.at === "most" ? judged <= bound.limit : judged >= bound.limit
  return `${bound.at === "most" ? "≤" : "≥"} ${number(bound.limit)} ${kept ? "ok" : "MISSED"}`
}

/** Prints figures in columns, the ratio of value to baseline and its bound beside them. */
export const printTable = (title: string, columns: readonly [string, string], figures: ReadonlyArray<Figure>): void => {
  const rows = figures.map((figure) => [
    figure.name,
    figure.baseline === undefined ? "" : number(figure.baseline),
    number(figure.value),
    figure.baseline === undefined || figure.baseline === 0 ? "" : `${number(figure.value / figure.baseline)} ×`,
    judge(figure)
  ])
  const head = [title, ...columns, "ratio", "bound"]
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: ReadonlyArray<string>) =>
    row
      .map((cell, column) =>
        column === 0 || column === 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
      )
      .join("  ")
      .trimEnd()
  process.stdout.write(
    `\n${[line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n")}\n`
  )
}

/** What happens just now, for whoever watches. */
export const progress = (text: string): void => void process.stderr.write(`· ${text}\n`)
