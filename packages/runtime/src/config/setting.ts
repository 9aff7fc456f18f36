import { Config, Effect, Schema } from "effect"

/** One environment variable, and what it must be in words. */
export interface Setting<A> {
  readonly name: string
  readonly must: string
  readonly config: Config.Config<A>
}

/** The wrong settings by name, and what each must be. Values are never repeated: some are secret. */
export class ConfigInvalid extends Schema.TaggedError<ConfigInvalid>()("ConfigInvalid", {
  settings: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `the configuration is not valid: ${this.settings.join("; ")}`
  }
}

export const setting = <A>(name: string, must: string, config: Config.Config<A>): Setting<A> => ({ name, must, config })

const between = (minimum: number, maximum: number) =>
  Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum, maximum }))

export const wholeNumber = (name: string, minimum: number, maximum: number, fallback: number): Setting<number> =>
  setting(
    name,
    `must be a whole number from ${minimum} to ${maximum}`,
    Config.schema(between(minimum, maximum), name).pipe(Config.withDefault(fallback))
  )

export const urlOf = (...protocols: ReadonlyArray<string>) =>
  Schema.String.check(
    Schema.makeFilter((text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol))
  )

/** The configuration, or all of the settings that are wrong at once. */
export const loadConfig = <A>(config: Config.Config<A>, settings: ReadonlyArray<Setting<unknown>>) => {
  const wrong = Effect.forEach(settings, (each) =>
    Effect.match(each.config, { onSuccess: () => [], onFailure: () => [`${each.name} ${each.must}`] })
  )
  const complaint = Effect.flatMap(wrong, (all) => new ConfigInvalid({ settings: all.flat() }))
  return config.pipe(Effect.catch(() => complaint))
}
