// What the page says, in both languages. The words are those of the documentation.
const texts = {
  en: {
    skip: 'Skip to the form',
    title: 'Transfers',
    lead: 'The money and the record of its notification commit together; the mail follows, once.',
    offline: 'The service does not answer. This page keeps asking.',
    sendTitle: 'Send money',
    from: 'From',
    to: 'To',
    amount: 'Amount',
    memo: 'Memo',
    send: 'Send',
    sending: 'Sending …',
    again: 'Ask again with the same key',
    nowTitle: 'Its notification',
    nowEmpty: 'Send money, or choose a transfer below, and watch its notification settle.',
    targetsTitle: 'Called systems',
    targetsEmpty: 'No called system is configured.',
    latestTitle: 'Latest transfers',
    latestEmpty: 'No transfer yet.',
    noAccounts: 'No account yet. Start the service with --transfer.seed-accounts=10, or POST /api/accounts.',
    committed: 'Transfer committed',
    committedNote: (t) => `No. ${t.id} · ${t.time}`,
    call: 'Call to the mail service',
    attempts: (n) => (n === 1 ? '1 attempt' : `${n} attempts`),
    delivery: 'Delivery, as the mail service tells it',
    notTold: 'It does not tell right now; this page keeps asking.',
    noNotification: 'Nobody is told.',
    reversal: {
      reversed: ['Reversed', (r) => `The money went back with transfer ${r.transfer}.`],
      'reversal-refused': ['Not reversed', (r) => `A person must decide: ${r.why}`],
      reverses: ['A reversal', (r) => `It took transfer ${r.transfer} back.`],
    },
    chooseBoth: 'Choose two different accounts.',
    badAmount: 'The amount is a number above 0 with at most two decimals, as 12.34.',
    longMemo: 'The memo has at most 140 characters.',
    sent: (id) => `Transfer ${id} is committed.`,
    lost: 'No answer yet: it is not known whether the money moved. Asking again uses the same key, so it moves once at most.',
    retrying: (n) => `No answer. Asking again with the same key (attempt ${n}) …`,
    refused: {
      'insufficient-funds': 'The paying account has too little. Nothing was transferred.',
      'unknown-account': 'That account does not exist. Nothing was transferred.',
      'balance-limit': 'The receiving account cannot hold that much. Nothing was transferred.',
    },
    refusedOther: 'Refused; nothing was transferred.',
    columns: ['No.', 'Time', 'From', 'To', 'Amount', 'Memo', 'Notification'],
    target: { breaker: 'circuit breaker', remaining: (s) => `probes in ${s} s`, inFlight: 'in flight', held: 'held' },
    outcomes: {
      waiting: 'waiting', 'in-doubt': 'in doubt', unresolved: 'unresolved',
      executed: 'executed', rejected: 'rejected', never: 'never', none: 'nobody to tell',
    },
    breakers: { closed: 'closed', open: 'open', 'half-open': 'half open' },
    states: { waiting: 'waiting', sending: 'sending', sent: 'sent', 'in-doubt': 'in doubt', failed: 'failed', withdrawn: 'withdrawn' },
    show: (id) => `Show transfer ${id}`,
  },
  ko: {
    skip: '이체 양식으로 건너뛰기',
    title: '이체',
    lead: '이체와 알림 요청 기록이 한 트랜잭션으로 커밋되고, 메일은 뒤이어 한 번만 나갑니다.',
    offline: '서비스가 응답하지 않습니다. 계속 확인하고 있습니다.',
    sendTitle: '송금하기',
    from: '보내는 계좌',
    to: '받는 계좌',
    amount: '금액',
    memo: '메모',
    send: '보내기',
    sending: '보내는 중 …',
    again: '같은 키로 다시 확인',
    nowTitle: '알림 진행 상황',
    nowEmpty: '송금하거나 아래에서 이체를 고르면, 알림이 확정되는 과정을 볼 수 있습니다.',
    targetsTitle: '호출 대상',
    targetsEmpty: '설정된 호출 대상이 없습니다.',
    latestTitle: '최근 이체',
    latestEmpty: '아직 이체가 없습니다.',
    noAccounts: '계좌가 없습니다. --transfer.seed-accounts=10 으로 시작하거나 POST /api/accounts 로 만드세요.',
    committed: '이체 커밋됨',
    committedNote: (t) => `${t.id}번 · ${t.time}`,
    call: '메일 서비스 호출',
    attempts: (n) => `시도 ${n}회`,
    delivery: '메일 서비스가 알려 준 발송 상태',
    notTold: '지금은 알 수 없습니다. 계속 확인하고 있습니다.',
    noNotification: '알림을 보내지 않습니다.',
    reversal: {
      reversed: ['이체 취소됨', (r) => `${r.transfer}번 이체로 금액을 되돌렸습니다.`],
      'reversal-refused': ['이체 취소 불가', (r) => `담당자 확인이 필요합니다: ${r.why}`],
      reverses: ['취소 이체', (r) => `${r.transfer}번 이체를 되돌렸습니다.`],
    },
    chooseBoth: '서로 다른 두 계좌를 고르세요.',
    badAmount: '금액은 0보다 크고 소수점 아래 두 자리까지입니다. 예: 12.34',
    longMemo: '메모는 140자까지입니다.',
    sent: (id) => `${id}번 이체가 커밋되었습니다.`,
    lost: '응답이 없어 이체 여부가 미확정입니다. 같은 키로 다시 확인하므로 두 번 이체되지 않습니다.',
    retrying: (n) => `응답이 없습니다. 같은 키로 다시 확인하는 중입니다 (시도 ${n}) …`,
    refused: {
      'insufficient-funds': '보내는 계좌의 잔액이 부족합니다. 이체되지 않았습니다.',
      'unknown-account': '없는 계좌입니다. 이체되지 않았습니다.',
      'balance-limit': '받는 계좌의 한도를 넘습니다. 이체되지 않았습니다.',
    },
    refusedOther: '거절되었습니다. 이체되지 않았습니다.',
    columns: ['번호', '시각', '보낸 계좌', '받은 계좌', '금액', '메모', '알림'],
    target: { breaker: '서킷 브레이커', remaining: (s) => `${s}초 뒤 확인 호출`, inFlight: '진행 중', held: '대기' },
    outcomes: {
      waiting: '대기', 'in-doubt': '미확정', unresolved: '확인 불가',
      executed: '실행 확정', rejected: '거절 확정', never: '미실행 확정', none: '알림 없음',
    },
    breakers: { closed: '닫힘', open: '열림', 'half-open': '반열림' },
    states: { waiting: '대기', sending: '발송 중', sent: '발송됨', 'in-doubt': '미확정', failed: '실패', withdrawn: '철회됨' },
    show: (id) => `${id}번 이체 보기`,
  },
};

const KEPT = 'nodoubt.language';
let language = kept() ?? (navigator.languages.find((l) => /^(ko|en)\b/.test(l)) ?? 'en').slice(0, 2);

function kept() {
  try {
    const value = localStorage.getItem(KEPT);
    return value in texts ? value : null;
  } catch {
    return null;
  }
}

export function text() {
  return texts[language];
}

export function currentLanguage() {
  return language;
}

export function speak(chosen) {
  language = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // a browser that keeps nothing asks its own language again next time
  }
}
