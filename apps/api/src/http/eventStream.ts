import { Stream } from "effect"

/** One server-sent event. */
export interface ServerSentEvent {
  readonly id: number
  readonly event: string
  readonly data: unknown
}

const KEEP_ALIVE = "10 seconds"

const encode = ({ data, event, id }: ServerSentEvent): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** The text of an event stream; a comment every 10 s keeps proxies from closing it. */
export const encodeEvents = <E, R>(events: Stream.Stream<ServerSentEvent, E, R>): Stream.Stream<string, E, R> =>
  Stream.merge(
    Stream.map(events, encode),
    Stream.map(Stream.tick(KEEP_ALIVE), () => ": keep-alive\n\n"),
    { haltStrategy: "left" }
  )

/** No cache and no proxy may hold events back. */
export const EVENT_STREAM_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no"
}
