interface Route {
  readonly segments: ReadonlyArray<string>
  readonly methods: Set<string>
}

/** A slash at the end makes no difference. */
const segmentsOf = (path: string): ReadonlyArray<string> => path.replace(/(?<=.)\/$/, "").split("/")

const fits = (pattern: ReadonlyArray<string>, path: ReadonlyArray<string>): boolean =>
  pattern.length === path.length &&
  pattern.every((segment, index) => (segment.startsWith(":") ? path[index] !== "" : segment === path[index]))

/** Which methods each path serves, for the `Allow` header of a 405. */
export class RouteTable {
  private readonly routes = new Map<string, Route>()

  add(methods: string | ReadonlyArray<string>, pattern: string): void {
    const route = this.routes.get(pattern) ?? { segments: segmentsOf(pattern), methods: new Set() }
    for (const method of typeof methods === "string" ? [methods] : methods) route.methods.add(method)
    this.routes.set(pattern, route)
  }

  /** The methods that a path serves; empty for a path that does not exist. */
  methodsOf(url: string): ReadonlyArray<string> {
    const path = segmentsOf(url.split("?", 1)[0] ?? "")
    const fitting = this.routes.values().filter((route) => fits(route.segments, path))
    return [...new Set(fitting.flatMap((route) => route.methods))]
  }

  get all(): ReadonlyArray<{ readonly path: string; readonly methods: ReadonlyArray<string> }> {
    return [...this.routes].map(([path, { methods }]) => ({ path, methods: [...methods] }))
  }
}
