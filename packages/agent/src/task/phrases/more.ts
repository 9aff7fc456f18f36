import type { TaskPhrases } from "./TaskPhrases.ts"

/** In languages in which we have no lists of words. */
export const more: Readonly<Record<string, TaskPhrases>> = {
  fa: {
    names: { name: "نام شما", email: "نشانی ایمیل شما", phone: "شماره تلفن شما", order_number: "شماره سفارش شما" },
    ask: (what) => `لطفاً این مورد را بفرمایید: ${what}`,
    wrong: (what) => `متأسفانه این مورد را در پیام شما پیدا نکردم: ${what}.`,
    hints: { phone: "همراه با کد کشور، مانند ‎+98 21 1234 5678.", date: "برای نمونه 2026-12-31." },
    left: "باشد، از این کار می‌گذریم. دیگر چه کمکی از من برمی‌آید؟",
    gaveUp: "متأسفانه بدون آن نمی‌توانم ادامه دهم. مایلید شما را به یکی از همکاران وصل کنم؟",
    noted: (what) => `سپاس، یادداشت کردم: ${what}.`,
    leaving: ["لغو", "بی خیال", "بیخیال", "نمی خواهم", "ولش کن"]
  },
  hi: {
    names: { name: "आपका नाम", email: "आपका ईमेल पता", phone: "आपका फ़ोन नंबर", order_number: "आपका ऑर्डर नंबर" },
    ask: (what) => `कृपया बताइए: ${what}`,
    wrong: (what) => `क्षमा करें, आपके संदेश में यह नहीं मिला: ${what}।`,
    hints: { phone: "देश के कोड के साथ, जैसे +91 22 1234 5678।", date: "उदाहरण: 2026-12-31" },
    left: "ठीक है, इसे रहने देते हैं। मैं और क्या सहायता कर सकता हूँ?",
    gaveUp: "क्षमा करें, इसके बिना मैं आगे नहीं बढ़ सकता। क्या मैं आपको किसी सहकर्मी से जोड़ दूँ?",
    noted: (what) => `धन्यवाद, मैंने नोट कर लिया है: ${what}।`,
    leaving: ["रहने दो", "रहने दीजिए", "रद्द करें", "छोड़ो", "नहीं चाहिए"]
  },
  nl: {
    names: { name: "uw naam", email: "uw e-mailadres", phone: "uw telefoonnummer", order_number: "uw bestelnummer" },
    ask: (what) => `Wilt u mij ${what} geven?`,
    wrong: (what) => `Sorry, daarin heb ik ${what} niet gevonden.`,
    hints: { phone: "Met landnummer, zoals +31 20 794 0018.", date: "Bijvoorbeeld 2026-12-31." },
    left: "Goed, dan laten we dat. Waarmee kan ik u nog meer helpen?",
    gaveUp: "Zonder dat kan ik helaas niet verder. Zal ik u met een medewerker verbinden?",
    noted: (what) => `Dank u, ik heb genoteerd: ${what}.`,
    leaving: ["annuleren", "stop", "laat maar", "nee dank je", "nee bedankt", "vergeet het"]
  },
  pl: {
    names: {
      name: "imię i nazwisko",
      email: "adres e-mail",
      phone: "numer telefonu",
      order_number: "numer zamówienia"
    },
    ask: (what) => `Proszę podać: ${what}.`,
    wrong: (what) => `Przepraszam, nie znalazłem w tym: ${what}.`,
    hints: { phone: "Z numerem kierunkowym kraju, np. +48 22 123 45 67.", date: "Na przykład 2026-12-31." },
    left: "Dobrze, zostawmy to. W czym jeszcze mogę pomóc?",
    gaveUp: "Niestety bez tego nie mogę kontynuować. Czy połączyć z konsultantem?",
    noted: (what) => `Dziękuję, zanotowałem: ${what}.`,
    leaving: ["anuluj", "stop", "nieważne", "nie trzeba", "zostawmy to", "rezygnuję"]
  },
  uk: {
    names: {
      name: "ваше ім'я",
      email: "вашу електронну адресу",
      phone: "ваш номер телефону",
      order_number: "номер вашого замовлення"
    },
    ask: (what) => `Вкажіть, будь ласка, ${what}.`,
    wrong: (what) => `Вибачте, я не знайшов у цьому ${what}.`,
    hints: { phone: "З кодом країни, наприклад +380 44 123 4567.", date: "Наприклад, 2026-12-31." },
    left: "Добре, залишмо це. Чим ще можу допомогти?",
    gaveUp: "На жаль, без цього я не можу продовжити. З'єднати вас зі співробітником?",
    noted: (what) => `Дякую, я записав: ${what}.`,
    leaving: ["скасувати", "стоп", "не треба", "забудьте", "передумав", "передумала", "дякую не треба"]
  }
}
