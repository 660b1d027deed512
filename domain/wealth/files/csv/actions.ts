import type { InvestmentType } from '../../transaction-types.ts'

/** What a word in a column of types means: money in or out, or a type of investment transaction. */
export interface Action {
  readonly direction?: 'in' | 'out'
  /** `transfer` is in or out by the sign of the row. */
  readonly type?: InvestmentType | 'transfer' | 'cash'
  readonly isQualified?: boolean
  /** The amount is a tax that was withheld. */
  readonly isTax?: boolean
}

const entries: readonly (readonly [Action, string])[] = [
  [{ direction: 'out' }, 'debit|dr|d|debited|soll|s|lastschrift|abbuchung|débit|cargo|adeudo|af|debet|obciążenie|expense|ausgabe'],
  [{ direction: 'in' }, 'credit|cr|c|credited|haben|h|gutschrift|crédit|abono|bij|uznanie|income|einnahme'],
  [
    { type: 'buy' },
    'buy|bought|purchase|buy to open|reinvest shares|advanced trade buy|kauf|achat|compra|koop|aankoop|kupno|zakup|you bought|market buy|limit buy',
  ],
  [
    { type: 'sell' },
    'sell|sold|advanced trade sell|sale|sell to close|verkauf|vente|venta|verkoop|sprzedaż|you sold|market sell|limit sell',
  ],
  [{ type: 'short' }, 'short|sell short|short sell|sell to open|leerverkauf'],
  [{ type: 'cover' }, 'cover|buy to cover|buy to close|cover short'],
  [
    { type: 'dividend' },
    'dividend|div|cdiv|mdiv|cash dividend|dividend received|reinvest dividend|special dividend|dividende|ausschüttung|dividendo|dywidenda|distribution',
  ],
  [{ type: 'dividend', isQualified: true }, 'qualified dividend|qual div reinvest|qualified div'],
  [{ type: 'dividend', isQualified: false }, 'non-qualified div|nonqualified dividend|ordinary dividend|pr yr non-qual div'],
  [{ type: 'dividend' }, 'long term cap gain|short term cap gain|capital gain|long term cap gain reinvest|short term cap gain reinvest'],
  [{ type: 'reinvestment' }, 'reinvestment|drip|reinvest|dividend reinvestment|wiederanlage|réinvestissement|reinversión'],
  [
    { type: 'interest' },
    'interest|int|rewards income|staking income|reward income|learning reward|credit interest|bank interest|bond interest|margin interest|zinsen|zins|intérêt|intérêts|interés|intereses|rente|odsetki|coupon',
  ],
  [
    { type: 'fee' },
    'fee|fees|service fee|advisory fee|management fee|adr mgmt fee|charge|misc cash entry fee|gebühr|gebühren|frais|comisión|kosten|opłata|prowizja',
  ],
  [
    { type: 'fee', isTax: true },
    'tax|taxes|nra withholding|nra tax adj|foreign tax paid|withholding tax|steuer|steuern|impôt|impuesto|belasting|podatek',
  ],
  [
    { type: 'contribution' },
    'deposit|contribution|wire received|wire funds received|moneylink deposit|ach in|funds received|cash in|einzahlung|versement|dépôt|depósito|aportación|storting|wpłata',
  ],
  [
    { type: 'withdrawal' },
    'withdrawal|ach out|withdraw|wire sent|wire funds|wire funds sent|cash out|auszahlung|retrait|prélèvement|retirada|reintegro|opname|wypłata',
  ],
  [{ type: 'transfer_in' }, 'transfer in|transferin|incoming transfer|receive|received'],
  [{ type: 'transfer_out' }, 'transfer out|transferout|outgoing transfer|send|sent'],
  [
    { type: 'transfer' },
    'transfer|journal|journaled shares|security transfer|internal transfer|moneylink transfer|funds transfer|überweisung|virement|transferencia|overboeking|przelew',
  ],
  [{ type: 'cash', direction: 'in' }, 'rebate|bonus|cash credit'],
  [{ type: 'split' }, 'split|stock split|aktiensplit|reverse split|forward split'],
  [
    { type: 'stock_dividend' },
    'stock dividend|share dividend|stock div|dividend in shares|bonus issue|aktiendividende|dividende en actions',
  ],
  [{ type: 'merger' }, 'merger|stock merger|cash merger|fusion'],
  [{ type: 'spin_off' }, 'spin-off|spin off|spinoff'],
  [{ type: 'symbol_change' }, 'symbol change|name change|ticker change'],
  [{ type: 'return_of_capital' }, 'return of capital|rtrncap|kapitalrückzahlung|remboursement de capital'],
]

const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l')

const actions: ReadonlyMap<string, Action> = new Map(
  entries.flatMap(([action, words]) => words.split('|').flatMap(word => [[word, action] as const, [bare(word), action] as const])),
)

/** How Fidelity begins the texts of its actions, which go on with the name of the security. */
const beginnings: readonly (readonly [string, Action])[] = [
  ['you bought ', { type: 'buy' }],
  ['you sold ', { type: 'sell' }],
  ['dividend received ', { type: 'dividend' }],
  ['interest earned ', { type: 'interest' }],
  ['reinvestment ', { type: 'buy' }],
]

/** The meaning of a word in a column of types; undefined if it is not known. */
export const actionOf = (text: string): Action | undefined => {
  const word = text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
  return actions.get(word) ?? beginnings.find(([beginning]) => word.startsWith(beginning))?.[1]
}

const outgoing: ReadonlySet<string> = new Set(['buy', 'cover', 'fee', 'withdrawal', 'transfer_out'])

/** Whether money goes out in transactions of a type. */
export const isOutgoing = (type: string): boolean => outgoing.has(type)

const trades: ReadonlySet<string> = new Set(['buy', 'sell', 'short', 'cover'])
export const isTrade = (type: string): boolean => trades.has(type)
