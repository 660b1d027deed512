export { csvCell } from './csv-cell.ts'
export {
  type DateOrder,
  dateOrders,
  type DateReading,
  type EpochUnit,
  findDateOrder,
  readWrittenTime,
  type WrittenTime,
} from './dates.ts'
export { type Decoded, decodeFile, unpack } from './decode.ts'
export { type ColumnMeaning, type ColumnMeanings, type Detection, detectInText, detectTable, type Note } from './detect.ts'
export { type Encoding, encodings, findEncoding, type FoundEncoding } from './encodings.ts'
export { momentReader, type ReadMoment } from './moments.ts'
export {
  type DecimalMark,
  findMarks,
  type NumberMarks,
  plainDecimal,
  type ReadFigure,
  readFigure,
  shiftDecimal,
  shownCell,
  type ThousandsMark,
} from './numbers.ts'
export { type ColumnRef, columnRef, type FileProfile, fileProfile, type FileProfileChange, fileProfileChange } from './profile.ts'
export { type Delimiter, type Row, rowsOf, streamRows } from './rows.ts'
export { type DataRow, placeOf, placesOf, plainName, readTable, streamTable, type Table } from './table.ts'
