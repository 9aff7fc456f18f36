const MAX_LENGTH = 200

/**
 * A name that strangers have chosen, as it may be shown: without control characters, and without those that turn the direction
 * of writing around ("gpj.exe" for "exe.jpg").
 */
export const displayName = (name: string, otherwise: string): string => {
  const shown = name
    .toWellFormed()
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, "")
    .trim()
  return [...(shown === "" ? otherwise : shown)].slice(0, MAX_LENGTH).join("")
}

/** The name of a file that came from elsewhere: never the path it had there. */
export const fileName = (path: string): string => path.replace(/^.*[/\\]/su, "")
