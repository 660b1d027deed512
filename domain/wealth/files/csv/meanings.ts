import type { ColumnMeanings } from '../../../files/index.ts'

/**
 * Names of a column in English, German, French, Spanish, Dutch, Polish, Swedish, Danish, Norwegian, Italian and Portuguese; of several, the first
 * counts. Names with accents count without them too.
 */
const named = (kind: ColumnMeanings[string]['kind'], names: string): ColumnMeanings[string] => {
  const all = names.split('|').flatMap(name => {
    const bare = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l')
    return bare === name ? [name] : [name, bare]
  })
  return { names: [], lesserNames: all, kind }
}

/** What a column of a file with transactions can mean. A column has the first meaning that fits. */
export const csvMeanings = {
  date: named(
    'time',
    "posting date|post date|posted date|posted|booking date|buchungstag|buchungsdatum|date d’opération|date d'opération|date opération|date de comptabilisation|date comptable|fecha de operación|fecha operación|fecha contable|boekdatum|boekingsdatum|data księgowania|data operacji|date|datum|fecha|data|transaction date|transactiedatum|data transakcji|trade date|run date|activity date|date/time|datetime|time|timestamp|completed date|started date|bokföringsdag|bokföringsdatum|bogføringsdato|bokført|bokføringsdato|dato|data contabile|data operazione|data mov|data movimento|data do lançamento|data lançamento|#data operacji|#data księgowania|statement date|transaction posted date|txn date|tran date|timestamp (utc)",
  ),
  tradeDate: named(
    'time',
    'trade date|transaction date|authorized date|handelstag|handelsdatum|date de transaction|date de négociation|data transakcji|transaktionsdag|transaktionsdatum|started date|data esecuzione|data transação',
  ),
  settlementDate: named(
    'time',
    'settlement date|settle date|value date|wertstellung|valuta|valutadatum|date de valeur|date valeur|fecha valor|rentedatum|data waluty|data rozliczenia|value dt|valutadag|valørdato|rentedato|data valuta|data-valor|data valor',
  ),
  splitAmount: named('number', 'split amount'),
  moneyOut: named(
    'number',
    'outflow|money out|paid out|debit|debit amount|debits|withdrawal|withdrawals|withdrawal amount|soll|ausgang|belastung|débit|cargo|cargos|debe|debet|uitgaven|obciążenia|obciążenie|wydatki|withdrawal amt|withdrawal amt (inr)|debit amt|paid out (gbp)|withdrawals ($)|debits ($)|uttag|ut|ud|hævet|ut fra konto|dare|addebiti|uscite|débito|débitos|saída|saídas|wydatek',
  ),
  moneyIn: named(
    'number',
    'inflow|money in|paid in|credit|credit amount|credits|deposit|deposits|deposit amount|haben|eingang|gutschrift|crédit|abono|abonos|haber|inkomsten|uznania|uznanie|wpływy|deposit amt|deposit amt (inr)|credit amt|deposits ($)|credits ($)|insättning|insättningar|in|ind|indsat|inn på konto|avere|accrediti|entrate|crédito|créditos|entrada|entradas|wpływ',
  ),
  amount: named(
    'number',
    'amount|net amount|transaction amount|amount (usd)|amount (eur)|amount ($)|total amount|betrag|betrag (eur)|betrag (€)|umsatz|montant|montant net|importe|cantidad total|bedrag|bedrag (eur)|kwota|kwota operacji|value|total|total value|market amount|total (inclusive of fees and/or spread)|net|gross|belopp|beløb|beløp|importo|valor|montante|#kwota|quantia|amount in account currency',
  ),
  balance: named(
    'number',
    'balance|running balance|running bal|balance after|saldo|saldo nach buchung|kontostand|solde|saldo po operacji|saldo na transactie|saldo (eur)|closing balance|available balance|account balance|saldo disponibile|#saldo po operacji|saldo contabile|saldo contabilístico',
  ),
  type: named(
    'text',
    "transaction type|activitytype|activity type|action|type|credit/debit|debit/credit|dr/cr|cr/dr|credit debit indicator|soll/haben|buchungstext|umsatzart|art|vorgang|transaktionstyp|opération|type d'opération|nature|tipo|tipo de operación|operación|af bij|af/bij|mutatiesoort|soort|typ|typ transakcji|typ operacji|rodzaj|rodzaj operacji|trans code|tran type|txn type|kategori|tipo operazione|tipo movimento|tipo de lançamento",
  ),
  subtype: named('text', 'subtype|sub type'),
  symbol: named('text', 'symbol|ticker|ticker symbol|security symbol|symbole|símbolo|symbool|instrument|asset|asset symbol|coin'),
  securityId: named('text', 'isin|cusip|isin code|kod isin|security id|wkn'),
  quantity: named(
    'number',
    'quantity|qty|shares|units|no of shares|number of shares|stück|anzahl|stk|menge|quantité|qté|cantidad|títulos|aantal|ilość|liczba|quantity transacted|antal|antall|quantità|quantidade',
  ),
  price: named(
    'number',
    'price|price ($)|unit price|unitprice|price per share|share price|kurs|preis|cours|prix|precio|cotización|koers|prijs|cena|kurs transakcji|price at transaction|spot price at transaction|pris|prezzo|preço',
  ),
  commission: named(
    'number',
    'commission|commissions|fees & comm|commission ($)|provision|courtage|comisión|provisie|prowizja|fees and/or spread|brokerage|commissione|comissão|corretagem',
  ),
  fees: named('number', 'fee|fees|fees ($)|gebühr|gebühren|entgelt|frais|gastos|kosten|transactiekosten|opłata|opłaty'),
  taxWithheld: named('number', 'tax|taxes|withholding tax|tax withheld|steuer|steuern|quellensteuer|impôt|impuesto|belasting|podatek'),
  currency: named(
    'text',
    'currency|currency code|iso currency|whg|währung|devise|divisa|moneda|munt|valuta code|waluta|trade currency|waehrung|price currency|spot price currency|valuta|valutakod|moeda|divisa conto',
  ),
  accountNumber: named(
    'text',
    'account number|account no|account #|iban|kontonummer|auftragskonto|numéro de compte|número de cuenta|rekeningnummer|rekening|numer konta|numer rachunku',
  ),
  account: named('text', 'account|account name|from-account|source name|konto|compte|cuenta|rachunek|rekeningnaam|card|portfolio'),
  merchantName: named(
    'text',
    'payee|merchant|merchant name|to-account|counterparty|counterparty name|beneficiary|empfänger|auftraggeber / begünstigter|beguenstigter/zahlungspflichtiger|begünstigter/zahlungspflichtiger|name zahlungsbeteiligter|zahlungsempfänger|zahlungsempfänger*in|auftraggeber/empfänger|bénéficiaire|beneficiario|naam tegenpartij|tegenpartij|naam / omschrijving|naam|kontrahent|odbiorca|nadawca/odbiorca|partner name|other party|mottagare|motpart|modtager|mottaker|beneficiario/ordinante|controparte|beneficiário|#nadawca/odbiorca',
  ),
  description: named(
    'text',
    'description|name|title|transaction description|narrative|details|particulars|verwendungszweck|beschreibung|buchungsdetails|payment reference|libellé|libelle|désignation|description de l’opération|concepto|descripción|omschrijving|mededelingen|opis|opis operacji|tytuł|tytułem|original description|security name|security|original name|payee name|reference text|text|description1|narration|remarks|transaction remarks|transaction details|rubrik|tekst|beskrivelse|beskrivning|forklaring|descrizione|causale|descrição|lançamento|histórico|movimento|#opis operacji|#tytuł',
  ),
  originalDescription: named('text', 'original description|simple description|bank description'),
  securityName: named(
    'text',
    'security name|security description|investment name|wertpapier|wertpapierbezeichnung|valeur|valor|fonds|papier wartościowy',
  ),
  notes: named(
    'text',
    'notes|note|memo|comment|comments|remarks|notiz|bemerkung|kommentar|remarque|commentaire|notas|observaciones|opmerking|notitie|notatka|uwagi|annotazioni|anteckning|observações|bemærkning',
  ),
  categoryGroup: named('text', 'category group'),
  label: named('text', 'category|categories|category name|kategorie|catégorie|categoría|categorie|kategoria|kategori|categoria'),
  tags: named('text', 'tags|tag|labels|schlagworte|étiquettes|etiquetas|etykiety'),
  status: named('text', 'status|state|pending|statut|estado|stan|info|stato|situação'),
  externalId: named(
    'text',
    'transaction id|id|transaction number|reference number|unique id|fitid|transaktionsnummer|transactiereferentie|numer transakcji|transaction hash',
  ),
  checkNumber: named('text', 'check number|check #|check no|check or slip #|cheque number|num|schecknummer|numéro de chèque'),
  splitRatio: named('text', 'ratio|split ratio'),
  marketValue: named(
    'number',
    'market value|current value|marktwert|kurswert|valeur de marché|valor de mercado|marktwaarde|wartość rynkowa',
  ),
  costBasis: named('number', 'cost basis|book value|cost|einstandswert|prix de revient'),
} as const satisfies ColumnMeanings

export type CsvMeaning = keyof typeof csvMeanings
