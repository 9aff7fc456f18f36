/** How a language claims that something was done. */
export interface ClaimWords {
  /** Each speaks of the agent as the one who acted: what a document says of the company's ways must pass. */
  readonly claims: ReadonlyArray<RegExp>
  /** What, in front of them or in them, makes them none: a condition, a question, a denial. */
  readonly unless: RegExp
}

/** What an agent says when it claims to have done something that only a tool does. */
export const CLAIM_WORDS: Readonly<Record<string, ClaimWords>> = {
  en: {
    claims: [
      /\b(?:I|we)(?:['’]ve| have)(?: (?:now|just|already|also|successfully|gone ahead and|your))* (?:refunded|reimbursed|issued|processed|cancell?ed|booked|reserved|scheduled|rescheduled|sent|emailed|forwarded|transferred|escalated|handed|passed|connected|updated|changed|opened|created|submitted|filed|placed|reset|notified|informed|contacted|arranged|credited|removed|deleted|initiated|requested)\b(?! (?:by|when|if)\b)/iu,
      /\b(?:I|we) (?:just |already |successfully )?(?:refunded|cancell?ed|booked|rescheduled|forwarded|transferred|escalated|emailed) (?:you|your|the|this|it)\b/iu,
      /\b(?:I['’]m|I am|we['’]re|we are) (?:now |just |currently )?(?:transferring|connecting|handing|forwarding|escalating|refunding|processing|cancell?ing|booking) (?:you|your|the|this|it)\b/iu,
      /\byour (?:refund|booking|reservation|appointment|cancellation|order|ticket|request|subscription) (?:has|have) (?:now |just |already |successfully )*been (?:issued|refunded|processed|cancell?ed|booked|confirmed|scheduled|forwarded|escalated|created|submitted)\b/iu
    ],
    unless: /\b(?:once|when|whenever|if|unless|until|as soon as|whether|not|never)\b|n['’]t\b/iu
  },
  zh: {
    claims: [
      /(?:我|我们)(?:刚刚|刚才|现在)?已经?(?:为您|帮您|给您|替您|将您的?|把您的?)?[^，。！？的\s]{0,6}(?:退款|转接|转交|取消|预订|预约|预定|发送|提交|通知|修改|更新|安排|办理|登记)(?!的|后)/u,
      /(?:已经?|正在|马上)(?:为您|帮您|给您|替您)[^，。！？的\s]{0,6}(?:退款|转接|转交|取消|预订|预约|预定|发送|提交|通知|修改|更新|安排|办理|登记)(?!的|后)/u
    ],
    unless: /一旦|如果|若|当|是否|没有|尚未|未能|无法|之前/u
  },
  de: {
    claims: [
      /\b(?:ich habe|wir haben)\b[^.!?\n]{0,60}?\b(?:erstattet|storniert|gebucht|reserviert|gesendet|geschickt|weitergeleitet|weitergegeben|übergeben|veranlasst|geändert|aktualisiert|gekündigt|erstellt|eingereicht|informiert|benachrichtigt)\b/iu,
      /\bich (?:leite|verbinde|übergebe) (?:Sie|dich|Ihre|Ihr|deine|das)\b/iu
    ],
    unless: /\b(?:sobald|wenn|falls|ob|nicht|nachdem|noch nie)\b/iu
  },
  fr: {
    claims: [
      /\b(?:j['’]ai|nous avons)(?: bien| déjà| également)?(?: procédé (?:au|à)| effectué)? ?(?:remboursé|remboursement|annulé|annulation|réservé|réservation|envoyé|transféré|transmis|modifié|mis à jour|programmé|créé|soumis|informé|prévenu)/iu,
      /\bje vous (?:transfère|mets en relation|passe)\b/iu
    ],
    unless: /\b(?:si|quand|lorsque|dès que|une fois|pas|jamais)\b/iu
  },
  es: {
    claims: [
      /\b(?:he|hemos)(?: ya)? (?:reembolsado|cancelado|reservado|enviado|transferido|derivado|escalado|modificado|actualizado|programado|creado|tramitado|solicitado|informado|notificado)\b/iu,
      /\b(?:le|te) (?:estoy (?:transfiriendo|pasando)|transfiero|paso|comunico) (?:con|a)\b/iu
    ],
    unless: /\b(?:si|cuando|una vez|no|nunca|tras)\b/iu
  },
  pt: {
    claims: [
      /\b(?:já |acabei de |eu |nós )(?:reembolsei|reembolsar|cancelei|cancelar|reservei|reservar|enviei|enviar|transferi|transferir|encaminhei|encaminhar|alterei|alterar|atualizei|agendei|agendar|criei|solicitei)\b/iu,
      /\b(?:estou|vou) (?:transferindo|encaminhando|transferir|encaminhar) (?:você|o senhor|a senhora|sua|seu)\b/iu
    ],
    unless: /\b(?:se|quando|assim que|não|nunca)\b/iu
  },
  it: {
    claims: [
      /\b(?:ho|abbiamo)(?: già| appena)? (?:rimborsato|annullato|prenotato|inviato|trasferito|inoltrato|modificato|aggiornato|programmato|creato|richiesto|informato|avvisato)\b/iu,
      /\b(?:la|ti) (?:sto (?:trasferendo|passando)|trasferisco|passo)\b/iu
    ],
    unless: /\b(?:se|quando|appena|non|mai|una volta)\b/iu
  },
  ru: {
    claims: [
      /(?<![\p{L}])(?:я|мы)(?: уже| только что)? (?:вернул|возместил|оформил|отменил|забронировал|отправил|переслал|передал|перев[её]л|изменил|обновил|записал|создал|сообщил|уведомил)(?:а|и)?(?![\p{L}])/iu,
      /(?<![\p{L}])(?:перевожу|соединяю|передаю) (?:вас|ваш|вашу|разговор)(?![\p{L}])/iu
    ],
    unless: /(?<!\p{L})(?:если|когда|после того|не|никогда|как только)(?!\p{L})/iu
  },
  ja: {
    claims: [
      /(?:返金|キャンセル|予約|手配|転送|送信|変更|更新|登録|お手続き|手続き|ご連絡|引き継ぎ?|お繋ぎ|おつなぎ)(?:を)?(?:いた|致)?し(?:ました|ております)(?!ら)/u
    ],
    unless: /もし|場合|ていません|ておりません|ません/u
  },
  ko: {
    claims: [
      /(?:환불|취소|예약|전송|발송|전달|변경|업데이트|등록|접수|처리|연결)(?:을|를)?\s?(?:해\s?)?(?:드렸|하였|했|완료했|완료하였)습니다/u,
      /(?:상담원|담당자)(?:에게|와|께)\s?연결해\s?드리고 있/u
    ],
    unless: /만약|경우|않았|못했/u
  },
  ar: {
    claims: [/(?:لقد )?(?:قمت|قمنا) ب(?:رد|استرداد|إلغاء|حجز|إرسال|تحويل|تعديل|تحديث|إنشاء|إبلاغ)/u],
    unless: /إذا|عندما|لم |بعد أن/u
  },
  tr: {
    claims: [
      /(?:iade|iptal|rezervasyon|talebinizi|siparişinizi|randevunuzu)[^.!?\n]{0,30}?(?:ettim|ettik|yaptım|yaptık|oluşturdum|oluşturduk|gönderdim|ilettim|ilettik|aktardım|aktardık)(?![\p{L}])/iu,
      /\bsizi [^.!?\n]{0,40}?(?:aktarıyorum|bağlıyorum|yönlendiriyorum)(?![\p{L}])/iu
    ],
    unless: /\b(?:eğer|zaman|sonra|henüz)\b|(?:madım|medim|madık|medik)/iu
  },
  vi: {
    claims: [
      /(?:tôi|chúng tôi) (?:vừa |đã )+(?:hoàn tiền|hủy|huỷ|đặt|gửi|chuyển|cập nhật|thay đổi|tạo|thông báo)/iu,
      /(?:tôi )?đang chuyển (?:bạn|anh|chị|quý khách)/iu
    ],
    unless: /(?<!\p{L})(?:nếu|khi|sau khi|chưa|không)(?!\p{L})/iu
  },
  th: {
    claims: [/(?:ได้)(?:ทำการ|ดำเนินการ)?(?:คืนเงิน|ยกเลิก|จอง|ส่ง|โอน|แก้ไข|แจ้ง)[^\s]{0,30}(?:ให้คุณ|เรียบร้อย|แล้ว)/u],
    unless: /หาก|เมื่อ|ถ้า|ไม่/u
  },
  id: {
    claims: [
      /\b(?:saya|kami) (?:sudah|telah) (?:mengembalikan|membatalkan|memesan|mengirim|meneruskan|mengalihkan|mengubah|memperbarui|membuat)\b/iu
    ],
    unless: /\b(?:jika|kalau|setelah|belum|tidak)\b/iu
  }
}
