/** Snowflakes count milliseconds from here, so that they stay below 2^63 until 2093. */
export const SNOWFLAKE_EPOCH = Date.UTC(2024, 0, 1)

const NODES = 1024
const SEQUENCES = 4096

/**
 * A source of decimal snowflakes: 41 bits of milliseconds, 10 of `node`, 12 of sequence. Strictly increasing for one
 * source, also when the clock steps back, stands before the epoch (a test's does) or 4,096 a millisecond are exceeded:
 * then it runs ahead of the clock.
 */
export const makeSnowflake = (node: number): ((now: number) => string) => {
  const nodeBits = BigInt(((node % NODES) + NODES) % NODES) << 12n
  let millis = SNOWFLAKE_EPOCH + 1
  let sequence = 0
  return (now) => {
    if (now > millis) {
      millis = now
      sequence = 0
    } else if (++sequence === SEQUENCES) {
      millis += 1
      sequence = 0
    }
    return ((BigInt(millis - SNOWFLAKE_EPOCH) << 22n) | nodeBits | BigInt(sequence)).toString()
  }
}
