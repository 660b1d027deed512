import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../../domain/wealth/index.ts'

const read = (text: string) => readCsv(Buffer.from(text))

/** The rows of banks and brokers of several countries: the columns as they write them, and what the first rows mean. */
const banks: Readonly<Record<string, readonly [text: string, ...rows: readonly object[]]>> = {
  'a card with payments as negative credits': [
    'Status,Date,Description,Debit,Credit\nCleared,11/20/2026,COSTCO WHSE,120.55,\nCleared,11/18/2026,ONLINE PAYMENT,,-120.55\n',
    { amount: '-120.55' },
    { amount: '120.55' },
  ],
  'a card with positive purchases': [
    'Date,Description,Card Member,Account #,Amount\n11/20/2026,UBER TRIP,J DOE,-11001,23.40\n11/19/2026,CAFE,J DOE,-11001,3.40\n11/18/2026,ONLINE PAYMENT - THANK YOU,J DOE,-11001,-300.00\n',
    { amount: '-23.40' },
    { amount: '-3.40' },
    { amount: '300.00' },
  ],
  'a payment that is not posted yet': [
    'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nCARD_PAYMENT,Current,2026-11-26 10:11:12,,Shop,-5.00,0.00,GBP,PENDING,\n',
    { date: '2026-11-26', isPending: true, currency: 'GBP' },
  ],
  Sparkasse: [
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";"Betrag";"Waehrung";"Info"\n"DE12345678";"26.11.26";"26.11.26";"KARTENZAHLUNG";"Einkauf";"Markt";"-5,00";"EUR";"Umsatz vorgemerkt"\n',
    { date: '2026-11-26', amount: '-5.00', currency: 'EUR', merchantName: 'Markt', isPending: true },
  ],
  N26: [
    '"Booking Date","Value Date","Partner Name",Type,"Payment Reference","Account Name","Amount (EUR)"\n2026-11-25,2026-11-25,"Markt","Presentment","","Main",-12.30\n',
    { description: 'Markt', merchantName: 'Markt', amount: '-12.30' },
  ],
  UBS: [
    "IBAN:;CH93 0076 2011 6238 5295 7;\n\nTrade date;Booking date;Value date;Currency;Debit;Credit;Balance;Description1;\n2026-11-25;2026-11-25;2026-11-25;CHF;-1'000.50;;1'234.50;Markt;\n2026-11-20;2026-11-20;2026-11-20;CHF;;1'235.00;2'235.00;Lohn;\n",
    { amount: '-1000.50', description: 'Markt' },
    { amount: '1235.00' },
  ],
  'a Swedish bank, where Valuta is the currency': [
    'Bokföringsdag;Belopp;Mottagare;Rubrik;Saldo;Valuta\n2026/11/25;-123,45;;Kortköp;1000,00;SEK\n',
    { date: '2026-11-25', amount: '-123.45', description: 'Kortköp', currency: 'SEK' },
  ],
  'a German bank, where Valuta is a date': [
    'Buchungstag;Valuta;Verwendungszweck;Betrag\n25.11.2026;26.11.2026;Einkauf;-5,00\n',
    { date: '2026-11-25', settlementDate: '2026-11-26' },
  ],
  'a Danish bank': ['Dato;Tekst;Beløb;Saldo\n25.11.2026;Butik;-5,00;95,00\n', { amount: '-5.00', description: 'Butik' }],
  'an Italian bank': [
    'Data contabile;Data valuta;Dare;Avere;Causale\n25/11/2026;25/11/2026;1.005,00;;Negozio\n',
    { amount: '-1005.00', description: 'Negozio' },
  ],
  'a Brazilian bank': ['Data;Lançamento;Valor (R$)\n25/11/2026;Loja;-R$ 1.234,56\n', { amount: '-1234.56', description: 'Loja' }],
  'an Indian bank': [
    'Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\n25/11/26,UPI-SHOP,123,25/11/26,"1,23,456.00",,"5,00,000.00"\n',
    { date: '2026-11-25', amount: '-123456.00', description: 'UPI-SHOP' },
  ],
  'amounts with Dr and Cr': [
    'Date,Description,Amount\n25/11/2026,ATM,500.00 Dr\n20/11/2026,SALARY,"1,500.00 Cr"\n',
    { amount: '-500.00' },
    { amount: '1500.00' },
  ],
  mBank: [
    'mBank S.A.;\n#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;\n2026-11-25;2026-11-25;ZAKUP;SKLEP;;;-45,67;1 954,33;\n;;;;;;#Saldo końcowe;1 954,33 PLN;\n',
    { amount: '-45.67', description: 'ZAKUP' },
  ],
  PayPal: [
    '"Date","Time","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID"\n"11/24/2026","10:00:00","Buyer","Payment","Completed","USD","100.00","-3.20","96.80","1AC"\n',
    { amount: '96.80', description: 'Buyer', externalId: '1AC' },
  ],
  Robinhood: [
    '"Activity Date","Process Date","Settle Date","Instrument","Description","Trans Code","Quantity","Price","Amount"\n"11/20/2026","11/20/2026","11/21/2026","TSLA","Tesla\nCUSIP: 88160R101","Buy","1","$350.00","($350.00)"\n"11/19/2026","11/19/2026","11/19/2026","AAPL","Cash Div","CDIV","","","$1.23"\n',
    { type: 'buy', symbol: 'TSLA', quantity: '1', amount: '-350.00' },
    { type: 'dividend', symbol: 'AAPL', amount: '1.23' },
  ],
  Coinbase: [
    'ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n1,2026-11-20 10:00:00 UTC,Buy,BTC,0.00123456,USD,$90000.00,$111.11,$113.11,$2.00,Bought\n',
    { type: 'buy', symbol: 'BTC', quantity: '0.00123456', amount: '-113.11', charges: { commission: '2.00' } },
  ],
}

describe('the tables of banks and brokers', () => {
  test.each(Object.entries(banks))('are read without a question: %s', (_, [text, ...expected]) => {
    const { accounts, ambiguous, rejected } = read(text)
    expect({ ambiguous, rejected }).toEqual({ ambiguous: [], rejected: [] })
    expect(accounts.flatMap(({ transactions }) => transactions)).toMatchObject(expected)
  })
})

describe('the balance that a table states', () => {
  const table = (...rows: readonly string[]) => `Date,Description,Amount,Balance\n${rows.join('\n')}\n`
  const balanceOf = (...rows: readonly string[]) => {
    const [{ balance, balanceDate } = {}] = read(table(...rows)).accounts
    return { balance, balanceDate }
  }

  test.each([
    ['oldest first', ['2026-11-13,Pay,100.00,150.00', '2026-11-14,Shop,-5.00,145.00']],
    ['newest first', ['2026-11-14,Shop,-5.00,145.00', '2026-11-13,Pay,100.00,150.00']],
    [
      'with a row that has only a balance',
      ['2026-11-13,Beginning balance,,50.00', '2026-11-13,Pay,100.00,150.00', '2026-11-14,Shop,-5.00,145.00'],
    ],
  ])('is that of the newest row: %s', (_, rows) => {
    expect(balanceOf(...rows)).toEqual({ balance: '145.00', balanceDate: '2026-11-14' })
  })

  test.each([
    ['the balances do not follow from the amounts', ['2026-11-13,Pay,100.00,150.00', '2026-11-14,Shop,-5.00,144.00']],
    ['a row has none', ['2026-11-13,Pay,100.00,150.00', '2026-11-14,Shop,-5.00,']],
  ])('is unknown when %s', (_, rows) => {
    expect(balanceOf(...rows)).toEqual({ balance: undefined, balanceDate: undefined })
  })
})
