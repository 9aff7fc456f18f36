import { Schema } from "effect"

/** A moment as ISO-8601 with a zone. Responses always write it in UTC with milliseconds. */
export const IsoTime = Schema.String.annotate({ format: "date-time", examples: ["2026-02-05T10:30:45.123Z"] }).check(
  Schema.makeFilter((value: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
      ? undefined
      : "must be an ISO-8601 time with a zone, such as 2026-02-05T10:30:45Z"
  )
)
