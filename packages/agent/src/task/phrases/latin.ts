import type { TaskPhrases } from "./TaskPhrases.ts"

/** In languages of Latin letters. */
export const latin: Readonly<Record<string, TaskPhrases>> = {
  de: {
    names: {
      name: "Ihren Namen",
      email: "Ihre E-Mail-Adresse",
      phone: "Ihre Telefonnummer",
      order_number: "Ihre Bestellnummer"
    },
    ask: (what) => `Nennen Sie mir bitte ${what}.`,
    wrong: (what) => `Entschuldigung, darin habe ich ${what} nicht gefunden.`,
    hints: { phone: "Mit Landesvorwahl, etwa +49 30 901820.", date: "Zum Beispiel 2026-12-31." },
    left: "Gut, dann lassen wir das. Was kann ich sonst für Sie tun?",
    gaveUp: "Ohne diese Angabe komme ich leider nicht weiter. Soll ich Sie mit einer Person verbinden?",
    noted: (what) => `Danke, ich habe notiert: ${what}.`,
    leaving: [
      "abbrechen",
      "abbruch",
      "stopp",
      "stop",
      "egal",
      "vergiss es",
      "vergessen sie es",
      "lassen wir das",
      "nein danke",
      "doch nicht"
    ]
  },
  fr: {
    names: {
      name: "votre nom",
      email: "votre adresse e-mail",
      phone: "votre numéro de téléphone",
      order_number: "votre numéro de commande"
    },
    ask: (what) => `Pouvez-vous m'indiquer ${what} ?`,
    wrong: (what) => `Désolé, je n'y ai pas trouvé ${what}.`,
    hints: { phone: "Avec l'indicatif du pays, par exemple +33 1 23 45 67 89.", date: "Par exemple 2026-12-31." },
    left: "Très bien, laissons cela. Que puis-je faire d'autre pour vous ?",
    gaveUp: "Je ne peux malheureusement pas continuer sans cela. Voulez-vous parler à une personne ?",
    noted: (what) => `Merci, c'est noté : ${what}.`,
    leaving: [
      "annuler",
      "annule",
      "annulez",
      "stop",
      "laisse tomber",
      "laissez tomber",
      "arrêtez",
      "oubliez",
      "non merci",
      "tant pis"
    ]
  },
  es: {
    names: {
      name: "su nombre",
      email: "su correo electrónico",
      phone: "su número de teléfono",
      order_number: "su número de pedido"
    },
    ask: (what) => `¿Puede indicarme ${what}?`,
    wrong: (what) => `Lo siento, no he encontrado ${what} en el mensaje.`,
    hints: { phone: "Con el prefijo del país, por ejemplo +34 912 345 678.", date: "Por ejemplo, 2026-12-31." },
    left: "De acuerdo, lo dejamos. ¿En qué más puedo ayudarle?",
    gaveUp: "Lo siento, sin ese dato no puedo continuar. ¿Quiere que le ponga en contacto con una persona?",
    noted: (what) => `Gracias, queda anotado: ${what}.`,
    leaving: [
      "cancelar",
      "cancela",
      "para",
      "basta",
      "déjalo",
      "dejalo",
      "olvídalo",
      "olvidalo",
      "no gracias",
      "da igual",
      "no importa"
    ]
  },
  pt: {
    names: {
      name: "o seu nome",
      email: "o seu e-mail",
      phone: "o seu número de telefone",
      order_number: "o número do seu pedido"
    },
    ask: (what) => `Pode informar ${what}, por favor?`,
    wrong: (what) => `Desculpe, não encontrei ${what} na mensagem.`,
    hints: { phone: "Com o código do país, por exemplo +55 11 91234-5678.", date: "Por exemplo, 2026-12-31." },
    left: "Tudo bem, deixamos isso. Em que mais posso ajudar?",
    gaveUp: "Infelizmente não posso continuar sem essa informação. Quer falar com uma pessoa?",
    noted: (what) => `Obrigado, anotei: ${what}.`,
    leaving: [
      "cancelar",
      "cancela",
      "parar",
      "pare",
      "deixa",
      "deixa pra lá",
      "esquece",
      "esqueça",
      "não obrigado",
      "não precisa"
    ]
  },
  it: {
    names: {
      name: "il Suo nome",
      email: "la Sua e-mail",
      phone: "il Suo numero di telefono",
      order_number: "il Suo numero d'ordine"
    },
    ask: (what) => `Può indicarmi ${what}?`,
    wrong: (what) => `Mi dispiace, nel messaggio non ho trovato ${what}.`,
    hints: { phone: "Con il prefisso del paese, per esempio +39 06 1234 5678.", date: "Per esempio 2026-12-31." },
    left: "Va bene, lasciamo stare. Che altro posso fare per Lei?",
    gaveUp: "Purtroppo senza questo dato non posso continuare. Vuole parlare con una persona?",
    noted: (what) => `Grazie, ho annotato: ${what}.`,
    leaving: ["annulla", "annullare", "stop", "basta", "lascia stare", "lasci stare", "non importa", "no grazie"]
  },
  tr: {
    names: {
      name: "adınız",
      email: "e-posta adresiniz",
      phone: "telefon numaranız",
      order_number: "sipariş numaranız"
    },
    ask: (what) => `Şunu bildirir misiniz: ${what}?`,
    wrong: (what) => `Üzgünüm, mesajınızda şunu bulamadım: ${what}.`,
    hints: {
      phone: "Yurt dışı numaralarını ülke koduyla yazın, örneğin +44 20 7946 0018.",
      date: "Örneğin 2026-12-31."
    },
    left: "Peki, bunu bırakalım. Başka nasıl yardımcı olabilirim?",
    gaveUp: "Maalesef bu bilgi olmadan devam edemem. Sizi bir temsilciye bağlamamı ister misiniz?",
    noted: (what) => `Teşekkürler, not aldım: ${what}.`,
    leaving: ["iptal", "vazgeç", "vazgeçtim", "dur", "boş ver", "boşver", "gerek yok", "hayır teşekkürler"]
  },
  vi: {
    names: {
      name: "tên của bạn",
      email: "địa chỉ email của bạn",
      phone: "số điện thoại của bạn",
      order_number: "mã đơn hàng của bạn"
    },
    ask: (what) => `Bạn vui lòng cho tôi biết ${what}?`,
    wrong: (what) => `Xin lỗi, tôi không tìm thấy ${what} trong tin nhắn.`,
    hints: { phone: "Nếu là số nước ngoài, hãy thêm mã quốc gia, ví dụ +44 20 7946 0018.", date: "Ví dụ 2026-12-31." },
    left: "Được, chúng ta dừng việc này. Tôi có thể giúp gì khác cho bạn?",
    gaveUp:
      "Rất tiếc, tôi không thể tiếp tục nếu thiếu thông tin này. Bạn có muốn tôi chuyển cho nhân viên hỗ trợ không?",
    noted: (what) => `Cảm ơn bạn, tôi đã ghi lại: ${what}.`,
    leaving: ["hủy", "huỷ", "thôi", "dừng lại", "bỏ qua", "không cần nữa", "thôi khỏi"]
  },
  id: {
    names: {
      name: "nama Anda",
      email: "alamat email Anda",
      phone: "nomor telepon Anda",
      order_number: "nomor pesanan Anda"
    },
    ask: (what) => `Mohon beri tahu saya ${what}.`,
    wrong: (what) => `Maaf, saya tidak menemukan ${what} dalam pesan itu.`,
    hints: {
      phone: "Untuk nomor luar negeri, sertakan kode negara, misalnya +44 20 7946 0018.",
      date: "Misalnya 2026-12-31."
    },
    left: "Baik, kita hentikan dulu. Ada lagi yang bisa saya bantu?",
    gaveUp: "Maaf, saya tidak dapat melanjutkan tanpa itu. Apakah Anda ingin dihubungkan dengan petugas?",
    noted: (what) => `Terima kasih, sudah saya catat: ${what}.`,
    leaving: ["batal", "batalkan", "berhenti", "stop", "lupakan", "tidak jadi", "tidak usah"]
  }
}
