interface Phrases {
  readonly nothingFound: string
  readonly handedOver: string
  readonly greeting: (agentName: string) => string
  /** What people open a talk with, in lower case and without punctuation. */
  readonly greetings: ReadonlyArray<string>
}

const english: Phrases = {
  nothingFound:
    "I could not find an answer to that in our knowledge base. Would you like me to hand you over to a person?",
  handedOver: "I am passing you on to a colleague, who will answer you here.",
  greeting: (name) => `Hello, I'm ${name}. How can I help you?`,
  greetings: ["hello", "hi", "hey", "hello there", "hi there", "good morning", "good afternoon", "good evening"]
}

const PHRASES: Readonly<Record<string, Phrases>> = {
  en: english,
  zh: {
    nothingFound: "抱歉，我在知识库中没有找到相关内容。需要为您转接人工客服吗？",
    handedOver: "正在为您转接人工客服，请稍候，客服人员将在这里回复您。",
    greeting: (name) => `您好，我是${name}。请问有什么可以帮您？`,
    greetings: ["你好", "您好", "你们好", "嗨", "哈喽", "在吗", "在么", "早上好", "下午好", "晚上好"]
  },
  th: {
    nothingFound: "ขออภัย ไม่พบคำตอบสำหรับเรื่องนี้ในฐานความรู้ของเรา ต้องการให้โอนสายไปยังเจ้าหน้าที่ไหม",
    handedOver: "กำลังส่งเรื่องต่อให้เจ้าหน้าที่ เจ้าหน้าที่จะตอบคุณที่นี่",
    greeting: (name) => `สวัสดี นี่คือ ${name} มีอะไรให้ช่วยไหม`,
    greetings: ["สวัสดี", "สวัสดีครับ", "สวัสดีค่ะ", "หวัดดี"]
  },
  ru: {
    nothingFound: "К сожалению, я не нашёл ответа на этот вопрос в базе знаний. Соединить вас с сотрудником?",
    handedOver: "Передаю разговор сотруднику: он ответит вам здесь.",
    greeting: (name) => `Здравствуйте, это ${name}. Чем могу помочь?`,
    greetings: ["здравствуйте", "привет", "добрый день", "доброе утро", "добрый вечер"]
  },
  de: {
    nothingFound:
      "Dazu habe ich in unserer Wissensdatenbank leider keine Antwort gefunden. Soll ich Sie mit einer Person verbinden?",
    handedOver: "Ich übergebe an eine Kollegin oder einen Kollegen; die Antwort kommt hier.",
    greeting: (name) => `Hallo, hier ist ${name}. Wie kann ich helfen?`,
    greetings: ["hallo", "guten tag", "guten morgen", "guten abend", "moin", "servus"]
  },
  fr: {
    nothingFound:
      "Je n'ai pas trouvé de réponse à cette question dans notre base de connaissances. Voulez-vous parler à une personne ?",
    handedOver: "Je vous mets en relation avec un collègue, qui vous répondra ici.",
    greeting: (name) => `Bonjour, ici ${name}. Comment puis-je vous aider ?`,
    greetings: ["bonjour", "bonsoir", "salut", "coucou"]
  },
  es: {
    nothingFound:
      "No he encontrado una respuesta a eso en nuestra base de conocimientos. ¿Quiere que le ponga en contacto con una persona?",
    handedOver: "Le paso con una persona de nuestro equipo, que le responderá aquí.",
    greeting: (name) => `Hola, soy ${name}. ¿En qué puedo ayudarle?`,
    greetings: ["hola", "buenos días", "buenas tardes", "buenas noches", "buenas"]
  },
  pt: {
    nothingFound: "Não encontrei uma resposta para isso na nossa base de conhecimento. Quer falar com uma pessoa?",
    handedOver: "Vou passar a conversa a um colega, que responderá aqui.",
    greeting: (name) => `Olá, sou ${name}. Como posso ajudar?`,
    greetings: ["olá", "oi", "bom dia", "boa tarde", "boa noite"]
  },
  it: {
    nothingFound: "Non ho trovato una risposta nella nostra base di conoscenza. Vuole parlare con una persona?",
    handedOver: "La passo a un collega, che le risponderà qui.",
    greeting: (name) => `Salve, sono ${name}. Come posso aiutarla?`,
    greetings: ["ciao", "salve", "buongiorno", "buonasera"]
  },
  ja: {
    nothingFound:
      "申し訳ございません。ナレッジベースに該当する回答が見つかりませんでした。担当者におつなぎしましょうか？",
    handedOver: "担当者におつなぎします。こちらでご返信いたしますので、少々お待ちください。",
    greeting: (name) => `こんにちは、${name}です。どのようなご用件でしょうか？`,
    greetings: ["こんにちは", "こんばんは", "おはよう", "おはようございます", "はじめまして"]
  },
  ko: {
    nothingFound: "죄송합니다. 지식 베이스에서 관련 답변을 찾지 못했습니다. 상담원에게 연결해 드릴까요?",
    handedOver: "상담원에게 연결해 드리겠습니다. 이 대화창에서 답변드릴 예정입니다.",
    greeting: (name) => `안녕하세요, ${name}입니다. 무엇을 도와드릴까요?`,
    greetings: ["안녕하세요", "안녕", "안녕하십니까", "여보세요"]
  },
  ar: {
    nothingFound: "عذرًا، لم أجد إجابة عن هذا السؤال في قاعدة المعرفة. هل تود أن أحولك إلى أحد موظفينا؟",
    handedOver: "سأحوّلك إلى أحد الزملاء، وسيرد عليك هنا.",
    greeting: (name) => `مرحبًا، معك ${name}. كيف يمكنني مساعدتك؟`,
    greetings: ["مرحبا", "السلام عليكم", "أهلا", "اهلا", "صباح الخير", "مساء الخير"]
  },
  tr: {
    nothingFound: "Bu konuda bilgi tabanımızda bir yanıt bulamadım. Sizi bir temsilciye bağlamamı ister misiniz?",
    handedOver: "Sizi bir temsilcimize aktarıyorum; size buradan yanıt verecek.",
    greeting: (name) => `Merhaba, ben ${name}. Nasıl yardımcı olabilirim?`,
    greetings: ["merhaba", "selam", "günaydın", "iyi günler", "iyi akşamlar"]
  },
  vi: {
    nothingFound:
      "Xin lỗi, tôi không tìm thấy câu trả lời trong cơ sở kiến thức. Bạn có muốn tôi chuyển cho nhân viên hỗ trợ không?",
    handedOver: "Tôi đang chuyển bạn cho nhân viên hỗ trợ, họ sẽ trả lời bạn tại đây.",
    greeting: (name) => `Xin chào, tôi là ${name}. Tôi có thể giúp gì cho bạn?`,
    greetings: ["xin chào", "chào bạn", "chào", "alo"]
  },
  id: {
    nothingFound:
      "Maaf, saya tidak menemukan jawabannya di basis pengetahuan kami. Apakah Anda ingin dihubungkan dengan petugas?",
    handedOver: "Saya akan menghubungkan Anda dengan petugas kami, yang akan membalas di sini.",
    greeting: (name) => `Halo, saya ${name}. Ada yang bisa saya bantu?`,
    greetings: ["halo", "selamat pagi", "selamat siang", "selamat malam"]
  }
}

const greeters = new Map(
  Object.values(PHRASES).flatMap((phrases) => phrases.greetings.map((words) => [words, phrases.greeting] as const))
)

/** Says plainly that the knowledge base has no answer and offers a person; in English where we do not speak the language. */
export const nothingFound = (language: string): string => (PHRASES[language] ?? english).nothingFound

/** Says that a person will answer from now on; in English where we do not speak the language. */
export const handedOver = (language: string): string => (PHRASES[language] ?? english).handedOver

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
