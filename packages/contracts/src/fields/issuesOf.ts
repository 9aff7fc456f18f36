import { Schema, SchemaAST, type SchemaIssue } from "effect"

/** One wrong field: `path` such as `files[0].url`, empty for the whole input; `message` finishes "this field …". */
export const Issue = Schema.Struct({ path: Schema.String, message: Schema.String }).annotate({
  identifier: "Issue",
  description: "One wrong field. `path` is empty when the whole body is meant.",
  examples: [{ path: "files[0].url", message: "must be an http or https URL" }]
})
export type Issue = typeof Issue.Type

/** A body of thousands of wrong elements is answered with the first of them. */
const MAX_ISSUES = 100

/** Every wrong field of a refused input, in words for whoever sent it: no schema names, nothing of the values. */
export const issuesOf = (error: Schema.SchemaError): ReadonlyArray<Issue> => {
  const issues = new Map<string, Issue>()
  collect(error.issue, "", (path, message) => {
    if (issues.size < MAX_ISSUES) issues.set(`${path}\n${message}`, { path, message })
  })
  return [...issues.values()]
}

type Report = (path: string, message: string) => void

const collect = (issue: SchemaIssue.Issue, path: string, report: Report): void => {
  switch (issue._tag) {
    case "Pointer":
      return collect(issue.issue, join(path, issue.path), report)
    case "Encoding":
      return collect(issue.issue, path, report)
    case "Composite":
      return issue.issues.forEach((inner) => collect(inner, path, report))
    case "Filter":
      return issue.issue._tag === "InvalidValue"
        ? report(path, stated(issue.issue.annotations) ?? stated(issue.filter.annotations) ?? "is not valid")
        : collect(issue.issue, path, report)
    case "InvalidValue":
      return report(path, stated(issue.annotations) ?? "is not valid")
    case "AnyOf":
      return issue.issues.length > 0
        ? issue.issues.forEach((inner) => collect(inner, path, report))
        : report(path, `must be ${kind(issue.ast)}`)
    case "InvalidType":
      return report(path, `must be ${kind(issue.ast)}`)
    case "MissingKey":
      return report(path, "is required")
    default:
      return report(path, "is not valid")
  }
}

/** A check's own words come first; `expected` is what the library's checks say of themselves. */
const stated = (annotations: Schema.Annotations.Annotations | undefined): string | undefined => {
  const { message, expected } = annotations ?? {}
  if (typeof message === "string") return message
  return typeof expected === "string" ? `must be ${expected}` : undefined
}

const join = (path: string, keys: ReadonlyArray<PropertyKey>): string =>
  keys.reduce<string>((sofar, key) => {
    if (typeof key === "number") return `${sofar}[${key}]`
    return sofar === "" ? String(key) : `${sofar}.${String(key)}`
  }, path)

/** `null` is left unsaid: it means "not set" wherever it is allowed. */
const kind = (ast: SchemaAST.AST): string => {
  switch (ast._tag) {
    case "String":
      return "a string"
    case "Number":
      return "a number"
    case "Boolean":
      return "true or false"
    case "Arrays":
      return "an array"
    case "Objects":
      return "an object"
    case "Literal":
      return JSON.stringify(String(ast.literal))
    case "Union": {
      const members = [...new Set(ast.types.filter((type) => type._tag !== "Null").map(kind))]
      return members.length > 1 ? `one of ${members.join(", ")}` : (members[0] ?? "null")
    }
    default:
      return "of another type"
  }
}
