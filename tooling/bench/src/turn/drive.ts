import { callTurn, type Face, type Speaker } from "./callTurn.ts"
import type { Contestant } from "./Contestant.ts"
import { cpuMs } from "./processes.ts"
import { seeded } from "./random.ts"

export interface Load {
  readonly callers: number
  /** Whichever comes first. */
  readonly turns: number
  readonly seconds?: number
  readonly questions: ReadonlyArray<string>
  /** All turns go to this dialog instead of to a mix of new ones. */
  readonly dialogId?: string
  /** The butler one with all that it can unless it is said; no contact is named by `userId` then, which not every face can. */
  readonly face?: Face
}

/** What one stretch of load has shown. */
export interface Block {
  readonly latenciesMs: ReadonlyArray<number>
  readonly seconds: number
  readonly cpuMs: number
  readonly databaseCpuMs: number
  readonly errors: ReadonlyArray<string>
}

/** A caller speaks so often as one contact, then as another. */
const TURNS_OF_A_CONTACT = 20

let contacts = 0

/** Half of the contacts are named by the caller's own id, half are anonymous and go on in the dialog they were given. */
const newSpeaker = (anonymous: boolean): Speaker => {
  contacts += 1
  return !anonymous && contacts % 2 === 0 ? { userId: `user-${process.pid}-${contacts}` } : {}
}

/** Sends turns one after another from each of the callers, each in a dialog of its own. */
export const drive = async (
  { key, pid, pool }: Contestant,
  load: Load,
  databaseCpuMs: () => number = () => 0
): Promise<Block> => {
  const { face = callTurn } = load
  const anonymous = load.face !== undefined
  const random = seeded(contacts + 1)
  const latenciesMs: Array<number> = []
  const errors: Array<string> = []
  let left = load.turns
  const deadline = performance.now() + (load.seconds ?? 3600) * 1000

  const call = async (speaker: Speaker): Promise<Speaker> => {
    const question = load.questions[Math.floor(random() * load.questions.length)] ?? "?"
    const sent = performance.now()
    try {
      const { dialogId } = await face(pool, key, question, speaker)
      latenciesMs.push(performance.now() - sent)
      return speaker.userId === undefined ? { dialogId } : speaker
    } catch (error) {
      errors.push(String(error))
      return newSpeaker(anonymous)
    }
  }

  const caller = async (): Promise<void> => {
    let speaker: Speaker = {}
    for (let turn = 0; left > 0 && performance.now() < deadline; turn += 1) {
      left -= 1
      if (load.dialogId !== undefined) speaker = { dialogId: load.dialogId }
      else if (turn % TURNS_OF_A_CONTACT === 0) speaker = newSpeaker(anonymous)
      speaker = await call(speaker)
    }
  }

  const before = { own: cpuMs(pid), database: databaseCpuMs() }
  const started = performance.now()
  await Promise.all(Array.from({ length: load.callers }, caller))
  const seconds = (performance.now() - started) / 1000
  return {
    latenciesMs,
    seconds,
    errors,
    cpuMs: cpuMs(pid) - before.own,
    databaseCpuMs: databaseCpuMs() - before.database
  }
}
