import type { PhraseSet } from "./PhraseSet.ts"

/** Languages in which we speak and have no lists of words. */
export const morePhrases: Readonly<Record<string, PhraseSet>> = {
  fa: {
    nothingFound: "متأسفانه پاسخی برای این پرسش در پایگاه دانش ما پیدا نکردم. مایلید شما را به یکی از همکاران وصل کنم؟",
    handedOver: "شما را به یکی از همکاران وصل می‌کنم؛ همین‌جا به شما پاسخ می‌دهند.",
    budgetSpent:
      "متأسفانه فعلاً نمی‌توانم به پرسش‌های بیشتری پاسخ دهم. لطفاً بعداً دوباره تلاش کنید یا بخواهید با یکی از همکاران صحبت کنید.",
    noAnswer: "متأسفانه الان نمی‌توانم پاسخ دهم. لطفاً کمی بعد دوباره تلاش کنید یا بخواهید با یکی از همکاران صحبت کنید.",
    notDone: "متأسفانه نتوانستم این کار را برایتان انجام دهم. مایلید شما را به یکی از همکاران وصل کنم؟",
    greeting: (name) => `سلام، من ${name} هستم. چطور می‌توانم کمکتان کنم؟`,
    greetings: ["سلام", "درود", "سلام وقت بخیر"]
  },
  hi: {
    nothingFound: "क्षमा करें, हमारे ज्ञानकोश में इसका उत्तर नहीं मिला। क्या मैं आपको किसी सहकर्मी से जोड़ दूँ?",
    handedOver: "मैं आपको एक सहकर्मी से जोड़ रहा हूँ, वे यहीं उत्तर देंगे।",
    budgetSpent: "क्षमा करें, अभी मैं और प्रश्नों का उत्तर नहीं दे सकता। कृपया बाद में प्रयास करें या किसी सहकर्मी से बात करने को कहें।",
    noAnswer: "क्षमा करें, मैं अभी उत्तर नहीं दे सकता। कृपया थोड़ी देर में फिर प्रयास करें या किसी सहकर्मी से बात करने को कहें।",
    notDone: "क्षमा करें, मैं यह आपके लिए नहीं कर सका। क्या मैं आपको किसी सहकर्मी से जोड़ दूँ?",
    greeting: (name) => `नमस्ते, मैं ${name} हूँ। मैं आपकी क्या सहायता कर सकता हूँ?`,
    greetings: ["नमस्ते", "नमस्कार", "हैलो", "हेलो"]
  },
  nl: {
    nothingFound: "Daar heb ik in onze kennisbank geen antwoord op gevonden. Zal ik u met een medewerker verbinden?",
    handedOver: "Ik verbind u door met een collega, die u hier antwoord geeft.",
    budgetSpent:
      "Ik kan op dit moment helaas geen vragen meer beantwoorden. Probeer het later opnieuw of vraag naar een medewerker.",
    noAnswer: "Ik kan nu helaas niet antwoorden. Probeer het zo dadelijk opnieuw of vraag naar een medewerker.",
    notDone: "Dat heb ik helaas niet voor u kunnen doen. Zal ik u met een medewerker verbinden?",
    greeting: (name) => `Hallo, dit is ${name}. Waarmee kan ik u helpen?`,
    greetings: ["goedendag", "goedemorgen", "goedemiddag", "goedenavond", "hoi"]
  },
  pl: {
    nothingFound: "Nie udało mi się znaleźć odpowiedzi w naszej bazie wiedzy. Czy połączyć z konsultantem?",
    handedOver: "Przekazuję rozmowę konsultantowi, który odpowie tutaj.",
    budgetSpent:
      "Niestety na razie nie mogę odpowiadać na kolejne pytania. Proszę spróbować później lub poprosić o rozmowę z konsultantem.",
    noAnswer:
      "Niestety nie mogę teraz odpowiedzieć. Proszę spróbować ponownie za chwilę lub poprosić o rozmowę z konsultantem.",
    notDone: "Niestety nie udało mi się tego zrobić. Czy połączyć z konsultantem?",
    greeting: (name) => `Dzień dobry, tu ${name}. W czym mogę pomóc?`,
    greetings: ["dzień dobry", "dobry wieczór", "cześć", "witam"]
  },
  uk: {
    nothingFound: "На жаль, я не знайшов відповіді на це в базі знань. З'єднати вас зі співробітником?",
    handedOver: "Передаю розмову співробітнику: він відповість вам тут.",
    budgetSpent:
      "На жаль, поки що я не можу відповідати на інші запитання. Спробуйте пізніше або попросіть з'єднати вас зі співробітником.",
    noAnswer:
      "На жаль, зараз я не можу відповісти. Спробуйте трохи пізніше або попросіть з'єднати вас зі співробітником.",
    notDone: "На жаль, мені не вдалося цього зробити. З'єднати вас зі співробітником?",
    greeting: (name) => `Добрий день, це ${name}. Чим можу допомогти?`,
    greetings: ["привіт", "добрий день", "доброго дня", "добрий вечір", "доброго ранку"]
  }
}
