import { DomainError } from '../../../../domain/shared/index.ts'
import { type FileContent, type FileOptions, readFile } from '../../../../domain/wealth/index.ts'

export const read = (text: string | Uint8Array, options?: FileOptions): FileContent =>
  readFile(typeof text === 'string' ? Buffer.from(text) : text, options)

/** What reading gives: a result, or the message of a DomainError. Any other error is thrown. */
export const outcome = (text: string | Uint8Array, options?: FileOptions): FileContent | string => {
  try {
    return read(text, options)
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

/** The rows of the only account. */
export const rowsOf = (text: string | Uint8Array, options?: FileOptions) => read(text, options).accounts[0]?.transactions ?? []

export const sgml = (body: string, header = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n'): string =>
  `${header}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20240131<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>\n${body}</OFX>\n`

/** A bank statement with transactions, each on a line, the first on line 9. */
export const bank = (...transactions: readonly string[]): string =>
  `<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>000-123 456<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20240101<DTEND>20240131\n${transactions.join('\n')}\n</BANKTRANLIST><LEDGERBAL><BALAMT>10.5<DTASOF>20240131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>\n`

export const transaction = (fields: string): string => `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240102<TRNAMT>-5.00<FITID>A1${fields}</STMTTRN>`

/** An investment statement with aggregates of transactions, each on a line, the first on line 9. */
export const brokerage = (list: string, after = ''): string =>
  `<INVSTMTMSGSRSV1><INVSTMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><INVSTMTRS><DTASOF>20240131<CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>99</INVACCTFROM><INVTRANLIST><DTSTART>20240101<DTEND>20240131\n${list}\n</INVTRANLIST>${after}</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1><SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><SECNAME>Apple Inc<TICKER>AAPL</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1>\n`
