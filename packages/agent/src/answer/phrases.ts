import { inLanguage } from "../text/inLanguage.ts"
import { morePhrases } from "./morePhrases.ts"
import type { PhraseSet } from "./PhraseSet.ts"

const english: PhraseSet = {
  nothingFound:
    "I could not find an answer to that in our knowledge base. Would you like me to hand you over to a person?",
  handedOver: "I am passing you on to a colleague, who will answer you here.",
  budgetSpent: "I cannot answer any more questions for now. Please try again later, or ask for a person.",
  noAnswer: "I am sorry, I cannot answer right now. Please try again in a moment, or ask for a person.",
  notDone: "I am sorry, I have not been able to do that for you. Would you like me to hand you over to a person?",
  greeting: (name) => `Hello, I'm ${name}. How can I help you?`,
  greetings: ["hello", "hi", "hey", "hello there", "hi there", "good morning", "good afternoon", "good evening"]
}

const PHRASES: Readonly<Record<string, PhraseSet>> = {
  ...morePhrases,
  en: english,
  zh: {
    nothingFound: "抱歉，我在知识库中没有找到相关内容。需要为您转接人工客服吗？",
    handedOver: "正在为您转接人工客服，请稍候，客服人员将在这里回复您。",
    budgetSpent: "抱歉，目前暂时无法继续为您解答。请稍后再试，或要求转接人工客服。",
    noAnswer: "抱歉，我现在无法回答。请稍后再试，或要求转接人工客服。",
    notDone: "抱歉，这件事我没能为您办理。需要为您转接人工客服吗？",
    greeting: (name) => `您好，我是${name}。请问有什么可以帮您？`,
    greetings: ["你好", "您好", "你们好", "嗨", "哈喽", "在吗", "在么", "早上好", "下午好", "晚上好"]
  },
  th: {
    nothingFound: "ขออภัย ไม่พบคำตอบสำหรับเรื่องนี้ในฐานความรู้ของเรา ต้องการให้โอนสายไปยังเจ้าหน้าที่ไหม",
    handedOver: "กำลังส่งเรื่องต่อให้เจ้าหน้าที่ เจ้าหน้าที่จะตอบคุณที่นี่",
    budgetSpent: "ขออภัย ขณะนี้ไม่สามารถตอบคำถามเพิ่มเติมได้ โปรดลองใหม่ภายหลัง หรือขอคุยกับเจ้าหน้าที่",
    noAnswer: "ขออภัย ขณะนี้ไม่สามารถตอบได้ โปรดลองใหม่อีกครั้ง หรือขอคุยกับเจ้าหน้าที่",
    notDone: "ขออภัย เรื่องนี้ยังดำเนินการให้ไม่ได้ ต้องการให้โอนสายไปยังเจ้าหน้าที่ไหม",
    greeting: (name) => `สวัสดี นี่คือ ${name} มีอะไรให้ช่วยไหม`,
    greetings: ["สวัสดี", "สวัสดีครับ", "สวัสดีค่ะ", "หวัดดี"]
  },
  ru: {
    nothingFound: "К сожалению, я не нашёл ответа на этот вопрос в базе знаний. Соединить вас с сотрудником?",
    handedOver: "Передаю разговор сотруднику: он ответит вам здесь.",
    budgetSpent:
      "К сожалению, пока я больше не могу отвечать на вопросы. Попробуйте позже или попросите соединить вас с сотрудником.",
    noAnswer:
      "К сожалению, сейчас я не могу ответить. Попробуйте чуть позже или попросите соединить вас с сотрудником.",
    notDone: "К сожалению, сделать это мне не удалось. Соединить вас с сотрудником?",
    greeting: (name) => `Здравствуйте, это ${name}. Чем могу помочь?`,
    greetings: ["здравствуйте", "привет", "добрый день", "доброе утро", "добрый вечер"]
  },
  de: {
    nothingFound:
      "Dazu habe ich in unserer Wissensdatenbank leider keine Antwort gefunden. Soll ich Sie mit einer Person verbinden?",
    handedOver: "Ich übergebe an eine Kollegin oder einen Kollegen; die Antwort kommt hier.",
    budgetSpent:
      "Leider kann ich im Moment keine weiteren Fragen beantworten. Bitte versuchen Sie es später noch einmal oder verlangen Sie eine Person.",
    noAnswer:
      "Leider kann ich gerade nicht antworten. Bitte versuchen Sie es gleich noch einmal oder verlangen Sie eine Person.",
    notDone: "Das konnte ich leider nicht für Sie erledigen. Soll ich Sie mit einer Person verbinden?",
    greeting: (name) => `Hallo, hier ist ${name}. Wie kann ich helfen?`,
    greetings: ["hallo", "guten tag", "guten morgen", "guten abend", "moin", "servus"]
  },
  fr: {
    nothingFound:
      "Je n'ai pas trouvé de réponse à cette question dans notre base de connaissances. Voulez-vous parler à une personne ?",
    handedOver: "Je vous mets en relation avec un collègue, qui vous répondra ici.",
    budgetSpent:
      "Je ne peux plus répondre à vos questions pour le moment. Réessayez plus tard ou demandez à parler à une personne.",
    noAnswer:
      "Je suis désolé, je ne peux pas répondre pour l'instant. Réessayez dans un moment ou demandez à parler à une personne.",
    notDone: "Je suis désolé, je n'ai pas pu faire cela pour vous. Voulez-vous parler à une personne ?",
    greeting: (name) => `Bonjour, ici ${name}. Comment puis-je vous aider ?`,
    greetings: ["bonjour", "bonsoir", "salut", "coucou"]
  },
  es: {
    nothingFound:
      "No he encontrado una respuesta a eso en nuestra base de conocimientos. ¿Quiere que le ponga en contacto con una persona?",
    handedOver: "Le paso con una persona de nuestro equipo, que le responderá aquí.",
    budgetSpent: "Por ahora no puedo responder más preguntas. Inténtelo más tarde o pida hablar con una persona.",
    noAnswer:
      "Lo siento, ahora mismo no puedo responder. Inténtelo de nuevo en un momento o pida hablar con una persona.",
    notDone: "Lo siento, no he podido hacer eso por usted. ¿Quiere que le ponga en contacto con una persona?",
    greeting: (name) => `Hola, soy ${name}. ¿En qué puedo ayudarle?`,
    greetings: ["hola", "buenos días", "buenas tardes", "buenas noches", "buenas"]
  },
  pt: {
    nothingFound: "Não encontrei uma resposta para isso na nossa base de conhecimento. Quer falar com uma pessoa?",
    handedOver: "Vou passar a conversa a um colega, que responderá aqui.",
    budgetSpent:
      "Por enquanto não posso responder a mais perguntas. Tente mais tarde ou peça para falar com uma pessoa.",
    noAnswer: "Desculpe, não consigo responder agora. Tente novamente daqui a pouco ou peça para falar com uma pessoa.",
    notDone: "Desculpe, não consegui fazer isso por você. Quer falar com uma pessoa?",
    greeting: (name) => `Olá, sou ${name}. Como posso ajudar?`,
    greetings: ["olá", "oi", "bom dia", "boa tarde", "boa noite"]
  },
  it: {
    nothingFound: "Non ho trovato una risposta nella nostra base di conoscenza. Vuole parlare con una persona?",
    handedOver: "La passo a un collega, che le risponderà qui.",
    budgetSpent:
      "Per ora non posso rispondere ad altre domande. Riprovi più tardi o chieda di parlare con una persona.",
    noAnswer: "Mi dispiace, al momento non posso rispondere. Riprovi tra poco o chieda di parlare con una persona.",
    notDone: "Mi dispiace, non sono riuscito a farlo per Lei. Vuole parlare con una persona?",
    greeting: (name) => `Salve, sono ${name}. Come posso aiutarla?`,
    greetings: ["ciao", "salve", "buongiorno", "buonasera"]
  },
  ja: {
    nothingFound:
      "申し訳ございません。ナレッジベースに該当する回答が見つかりませんでした。担当者におつなぎしましょうか？",
    handedOver: "担当者におつなぎします。こちらでご返信いたしますので、少々お待ちください。",
    budgetSpent:
      "申し訳ございません。現在、これ以上お答えすることができません。後ほどもう一度お試しいただくか、担当者をご希望ください。",
    noAnswer:
      "申し訳ございません。ただいまお答えすることができません。しばらくしてからもう一度お試しいただくか、担当者をご希望ください。",
    notDone: "申し訳ございません。こちらの件は対応できておりません。担当者におつなぎしましょうか？",
    greeting: (name) => `こんにちは、${name}です。どのようなご用件でしょうか？`,
    greetings: ["こんにちは", "こんばんは", "おはよう", "おはようございます", "はじめまして"]
  },
  ko: {
    nothingFound: "죄송합니다. 지식 베이스에서 관련 답변을 찾지 못했습니다. 상담원에게 연결해 드릴까요?",
    handedOver: "상담원에게 연결해 드리겠습니다. 이 대화창에서 답변드릴 예정입니다.",
    budgetSpent: "죄송합니다. 지금은 더 이상 답변을 드릴 수 없습니다. 나중에 다시 시도하시거나 상담원을 요청해 주세요.",
    noAnswer: "죄송합니다. 지금은 답변을 드릴 수 없습니다. 잠시 후 다시 시도하시거나 상담원을 요청해 주세요.",
    notDone: "죄송합니다. 해당 사항은 처리해 드리지 못했습니다. 상담원에게 연결해 드릴까요?",
    greeting: (name) => `안녕하세요, ${name}입니다. 무엇을 도와드릴까요?`,
    greetings: ["안녕하세요", "안녕", "안녕하십니까", "여보세요"]
  },
  ar: {
    nothingFound: "عذرًا، لم أجد إجابة عن هذا السؤال في قاعدة المعرفة. هل تود أن أحولك إلى أحد موظفينا؟",
    handedOver: "سأحوّلك إلى أحد الزملاء، وسيرد عليك هنا.",
    budgetSpent: "عذرًا، لا يمكنني الإجابة عن مزيد من الأسئلة حاليًا. حاول لاحقًا أو اطلب التحدث إلى أحد موظفينا.",
    noAnswer: "عذرًا، لا يمكنني الإجابة الآن. حاول مرة أخرى بعد قليل أو اطلب التحدث إلى أحد موظفينا.",
    notDone: "عذرًا، لم أتمكن من القيام بذلك. هل تود أن أحولك إلى أحد موظفينا؟",
    greeting: (name) => `مرحبًا، معك ${name}. كيف يمكنني مساعدتك؟`,
    greetings: ["مرحبا", "السلام عليكم", "أهلا", "اهلا", "صباح الخير", "مساء الخير"]
  },
  tr: {
    nothingFound: "Bu konuda bilgi tabanımızda bir yanıt bulamadım. Sizi bir temsilciye bağlamamı ister misiniz?",
    handedOver: "Sizi bir temsilcimize aktarıyorum; size buradan yanıt verecek.",
    budgetSpent:
      "Şu an için daha fazla soru yanıtlayamıyorum. Lütfen daha sonra tekrar deneyin ya da bir temsilci isteyin.",
    noAnswer: "Üzgünüm, şu anda yanıt veremiyorum. Lütfen birazdan tekrar deneyin ya da bir temsilci isteyin.",
    notDone: "Üzgünüm, bunu sizin için yapamadım. Sizi bir temsilciye bağlamamı ister misiniz?",
    greeting: (name) => `Merhaba, ben ${name}. Nasıl yardımcı olabilirim?`,
    greetings: ["merhaba", "selam", "günaydın", "iyi günler", "iyi akşamlar"]
  },
  vi: {
    nothingFound:
      "Xin lỗi, tôi không tìm thấy câu trả lời trong cơ sở kiến thức. Bạn có muốn tôi chuyển cho nhân viên hỗ trợ không?",
    handedOver: "Tôi đang chuyển bạn cho nhân viên hỗ trợ, họ sẽ trả lời bạn tại đây.",
    budgetSpent:
      "Xin lỗi, hiện tôi không thể trả lời thêm câu hỏi. Vui lòng thử lại sau hoặc yêu cầu gặp nhân viên hỗ trợ.",
    noAnswer: "Xin lỗi, hiện tôi không thể trả lời. Vui lòng thử lại sau ít phút hoặc yêu cầu gặp nhân viên hỗ trợ.",
    notDone: "Xin lỗi, tôi chưa làm được việc đó cho bạn. Bạn có muốn tôi chuyển cho nhân viên hỗ trợ không?",
    greeting: (name) => `Xin chào, tôi là ${name}. Tôi có thể giúp gì cho bạn?`,
    greetings: ["xin chào", "chào bạn", "chào", "alo"]
  },
  id: {
    nothingFound:
      "Maaf, saya tidak menemukan jawabannya di basis pengetahuan kami. Apakah Anda ingin dihubungkan dengan petugas?",
    handedOver: "Saya akan menghubungkan Anda dengan petugas kami, yang akan membalas di sini.",
    budgetSpent:
      "Maaf, untuk saat ini saya tidak dapat menjawab pertanyaan lagi. Silakan coba lagi nanti atau minta berbicara dengan petugas.",
    noAnswer:
      "Maaf, saya tidak dapat menjawab saat ini. Silakan coba lagi sebentar lagi atau minta berbicara dengan petugas.",
    notDone: "Maaf, saya belum bisa melakukan itu untuk Anda. Apakah Anda ingin dihubungkan dengan petugas?",
    greeting: (name) => `Halo, saya ${name}. Ada yang bisa saya bantu?`,
    greetings: ["halo", "selamat pagi", "selamat siang", "selamat malam"]
  }
}

const greeters = new Map(
  Object.values(PHRASES).flatMap((phrases) => phrases.greetings.map((words) => [words, phrases.greeting] as const))
)

const phrasesFor = (language: string): PhraseSet => inLanguage(PHRASES, language) ?? english

/** Says plainly that the knowledge base has no answer and offers a person; in English where we do not speak the language. */
export const nothingFound = (language: string): string => phrasesFor(language).nothingFound

/** Says that a person will answer from now on; in English where we do not speak the language. */
export const handedOver = (language: string): string => phrasesFor(language).handedOver

/** Says that no more can be answered for now; in English where we do not speak the language. */
export const budgetSpent = (language: string): string => phrasesFor(language).budgetSpent

/** Says that no answer came about; in English where we do not speak the language. */
export const noAnswer = (language: string): string => phrasesFor(language).noAnswer

/** Says that what was asked for was not done, and offers a person; in English where we do not speak the language. */
export const notDone = (language: string): string => phrasesFor(language).notDone

/** The answer to a bare greeting, in the greeting's own language; undefined if the text says anything more. */
export const answerToGreeting = (text: string, agentName: string): string | undefined => {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\s]+/gu, " ")
    .trim()
    .replace(/\s+/gu, " ")
  return greeters.get(words)?.(agentName)
}
