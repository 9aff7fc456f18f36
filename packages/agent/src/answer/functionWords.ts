import type { DetectedLanguage } from "@butler/domain"

/**
 * Words that ask, link or are polite, and name nothing: whether a passage has them says little about whether it answers. They
 * only weigh less in that judgement; the search knows no stop words. Nothing that can be what a question is about (安全, 问题,
 * time, order, name) may stand here.
 */
const WORDS: Readonly<Record<string, string>> = {
  zh: `我 我们 你 你们 您 他 她 它 的 了 吗 呢 吧 啊 呀 是 是否 在 有 有没有 没有 和 与 及 或 或者 就 都 也 还 还是 这 这个 那 那个 什么 怎么 怎样
    怎么样 如何 为什么 哪 哪里 哪些 哪个 谁 多少 几 几个 多久 什么时候 何时 可以 能 能否 能不能 可不可以 要 想 想要 需要 会 应该 请 请问 帮 帮我 帮忙 一下 下 给 把 被 对 从 到 以 于
    由 让 看 看看 看下 告诉 知道 问 您好 你好 谢谢 麻烦 现在 如果 因为 所以 但是 而 并 之 其 一个 一种 某 不 很 最 才 又 再 等 个 里 上 中
    来 去 做 介绍 了解 咨询 贵 该 如果 然后`,
  en: `a an the i me my we us our you your he she it its they them their this that these those what which who whom whose when where why how
    is are was were be been being am do does did done doing have has had having can could will would shall should may might must to of in on
    at by for with from into about as and or but if then than so not no any some there here please tell help want need like know get got let
    just also too very much many long hi hello hey thanks thank ok okay im ive id dont cant s t re ve ll d m`,
  th: `ฉัน ผม ดิฉัน เรา คุณ เขา เธอ มัน ท่าน ที่ ซึ่ง อัน และ หรือ แต่ ก็ ใน บน ของ จาก ถึง กับ แก่ แด่ ต่อ โดย เพื่อ ให้ ได้ ไหม มั้ย หรือไม่ อะไร อย่างไร ยังไง ทำไม ที่ไหน ไหน
    เมื่อไร เมื่อไหร่ เมื่อใด ใคร กี่ เท่าไร เท่าไหร่ ใด บ้าง นี้ นั้น นี่ นั่น คือ เป็น อยู่ มี จะ ต้อง ควร อาจ สามารถ อยาก ต้องการ ขอ ช่วย กรุณา โปรด ครับ ค่ะ คะ นะ จ้ะ ไม่ ไม่ได้ แล้ว ยัง
    กำลัง เคย ถ้า หาก เพราะ ว่า การ ความ ผู้ ทำ ดู บอก ทราบ รู้ หน่อย ด้วย สวัสดี ขอบคุณ ไป มา นาน แค่ เท่า ไหร่ ไร ใช่`,
  ru: `я мы ты вы он она оно они мне меня мой моя мое мои моего нам нас наш вам вас ваш ваша ваше ваши его ее их это этот эта эти тот та те то
    что чего чем как какой какая какое какие каков где куда откуда когда почему зачем кто кого кому сколько ли и или но а же бы не ни нет да в во на с
    со к ко по за из от до для о об у при над под через быть был была было были есть будет будут могу может можно могут нужно надо
    хочу хотел хотела хотелось хочется пожалуйста подскажите скажите помогите помочь если то так тоже также там тут здесь уже еще
    здравствуйте привет спасибо который которая которые которое свой свою`,
  de: `ich mich mir mein meine meinen meinem du sie er es wir uns unser ihr ihre ihren ihnen der die das den dem des ein eine einen einem
    einer und oder aber was wer wen wem wie wo wann warum wieso welche welcher welches welchen wieviel viele lange ist sind war waren
    sein bin bist wird werden wurde wurden hat haben habe hatte kann können könnte muss müssen soll sollte möchte will wollen darf in im an am
    auf aus bei mit nach von vom zu zum zur für über um als auch nicht kein keine wenn dass so es gibt bitte hallo danke mal`,
  fr: `je me moi mon ma mes tu te ton ta tes il elle on nous notre nos vous votre vos ils elles leur leurs le la les un une des du de
    au aux et ou mais que qu qui quoi quel quelle quels quelles quand où comment pourquoi combien est sont était être suis es ai as a
    avez avons ont avoir peux peut puis pouvez pourrais dois doit faut veux voudrais souhaite faire fait ce cet cette ces cela ça c y en
    dans sur sous avec sans pour par chez si ne pas plus se s il bonjour salut merci svp plaît l d j n m t`,
  es: `yo me mi mis tú tu tus te él ella usted nosotros nos nuestro nuestra su sus ellos el la los las un una unos unas de del al a en y
    o pero que qué quién quiénes cuál cuáles cuándo dónde cómo por porque para cuánto cuánta cuántos cuántas es son era eran ser está
    están estar he ha han haber hay puedo puede pueden podría quiero quisiera necesito debo debe hacer hago con sin sobre si no se le lo les este
    esta estos estas eso ese hola gracias favor`,
  pt: `eu me meu minha meus minhas tu você vocês te seu sua seus suas ele ela nós nos nosso nossa eles elas o a os as um uma uns umas
    de do da dos das em no na nos nas ao à e ou mas que quê quem qual quais quando onde como por porque para quanto quanta quantos
    quantas é são era eram ser está estão estar foi foram tem têm ter há posso pode podem poderia quero queria preciso devo deve fazer faço com sem
    sobre se não isso este esta esse essa olá oi obrigado obrigada favor`,
  ja: `私 僕 あなた これ それ あれ この その あの ここ そこ どこ いつ 何 なに なん 誰 だれ どう どの どれ どちら なぜ いくら いくつ は が を に で と も の へ や か から まで より
    て た だ です ます ました でした ください 下さい する し した している して いる い ある あり れ られ こと もの ため よう たい 教え できる でき できます ない ん ね よ お ご
    いただけ こんにちは ありがとう`,
  ko: `저 제 나 내 우리 당신 이 그 저것 이것 그것 무엇 뭐 무슨 어떤 어떻게 어디 어디서 언제 누구 누가 왜 얼마 얼마나 몇 수 것 있나요 있습니까 있어요 있는 없나요 하나요 합니까 해요
    하고 싶어요 싶습니다 되나요 됩니까 인가요 입니까 좀 및 또는 그리고 하지만 주세요 알려주세요 안녕하세요 감사합니다 할 하는 한 은 는 가 을 를 에 에서 의 로 으로`,
  ar: `انا نحن انت انتم هو هي هم هذا هذه ذلك تلك التي الذي الذين ما ماذا من متي اين كيف لماذا كم هل اي اية في علي الي عن مع و او ثم لكن ان اذا قد لا لم لن
    كان كانت يكون تكون هناك يمكن يمكنني استطيع اريد ارغب احتاج لي لنا لك بعد قبل عند كل بعض غير فضلك مرحبا شكرا السلام عليكم ب ل ك`,
  tr: `ben bana beni benim biz bize bizim sen sana siz size sizin o onu ona onun onlar bu şu ne neden niçin nasıl nerede nereye nereden
    kim kime kimin hangi kaç kadar mi mı mu mü ve veya ya da de ile için ama fakat bir var yok mıyım miyim musunuz mısınız misiniz
    olan olarak olur olmak oldu edebilir ederim istiyorum lazım gerek gerekiyor lütfen merhaba selam teşekkürler teşekkür ise ki
    daha çok en gibi nedir kimdir nelerdir`,
  vi: `tôi mình tao bạn anh chị em ông bà nó chúng ta họ này kia đó ấy là của và hoặc hay nhưng mà thì ở trong trên dưới với cho từ đến
    bằng về để do bởi gì nào sao thế đâu khi bao nhiêu mấy ai tại vì có không được phải nên cần muốn thể làm hãy xin vui lòng giúp nhé ạ
    ơi đã đang sẽ rồi chưa cũng những các một cái như nếu rằng bị ra vào lại chào cảm ơn`
}

const lists = new Map(Object.entries(WORDS).map(([language, text]) => [language, new Set(text.split(/\s+/u))]))
const none: ReadonlySet<string> = new Set()

/** The function words of a language, and the English ones too where the language is a guess or has no list. */
export const functionWordsOf = ({ code, certain }: Pick<DetectedLanguage, "code" | "certain">): ReadonlySet<string> => {
  const own = lists.get(code)
  const english = lists.get("en") ?? none
  return own === undefined ? english : certain ? own : own.union(english)
}
