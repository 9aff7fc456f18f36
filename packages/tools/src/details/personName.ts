/** Ways to say one's name, each with the name behind it. */
const SAID = [
  /\b(?:my name is|my name's|i am called|this is)\s+(?<name>\p{Lu}[^\n,.;!?]{0,60})/iu,
  /\b(?:ich hei(?:ß|ss)e|mein name ist)\s+(?<name>[^\n,.;!?]{1,60})/iu,
  /\b(?:je m['’]appelle|mon nom est)\s+(?<name>[^\n,.;!?]{1,60})/iu,
  /\b(?:me llamo|mi nombre es)\s+(?<name>[^\n,.;!?]{1,60})/iu,
  /\b(?:mi chiamo|il mio nome è)\s+(?<name>[^\n,.;!?]{1,60})/iu,
  /\b(?:meu nome é|me chamo)\s+(?<name>[^\n,.;!?]{1,60})/iu,
  /(?:меня зовут|моё имя|мое имя)\s+(?<name>[^\n,.;!?]{1,60})/iu,
  /(?:我叫|我的名字是|我的名字叫|我姓名是)\s*(?<name>[\p{Script=Han}·]{2,8}|\p{Script=Latin}[\p{Script=Latin} ]{1,40})/u,
  /(?:私の名前は|名前は)\s*(?<name>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー ]{2,20}?)\s*(?:です|と申します|$)/u,
  /제 이름은\s*(?<name>[\p{Script=Hangul} ]{2,12}?)\s*(?:입니다|이에요|예요|$)/u
]

/** Where a name ends and something else begins. */
const BEYOND = /\s+(?:and|und|et|y|e|и|but|from|with|my|i|from|aber|mais|pero)\s.*$/iu

/** The name, where the text can be one: letters, a few words, neither digits nor an address. */
export const checkName = (text: string): string | null => {
  const name = text.replace(/\s+/gu, " ").trim()
  return name.length <= 80 && /\p{L}/u.test(name) && /^[\p{L}\p{M}'’.· -]+$/u.test(name) ? name : null
}

/** The name that somebody says is theirs. */
export const findName = (text: string): string | null => {
  for (const said of SAID) {
    const name = said.exec(text)?.groups?.["name"]?.replace(BEYOND, "") ?? ""
    if (name !== "" && name.split(/\s+/u).length <= 5) return checkName(name)
  }
  return null
}
