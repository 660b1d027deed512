export {
  type DateOrder,
  dateOrders,
  type DateReading,
  type EpochUnit,
  epochUnits,
  findDateOrder,
  readWrittenTime,
  type WrittenTime,
} from './dates.ts'
export { type Decoded, decodeFile, decodeStream, largestTextBytes, unpack, unpackStream } from './decode.ts'
export { type ColumnMeaning, type ColumnMeanings, type Detection, detectInText, detectTable, type Note } from './detect.ts'
export { type Encoding, encodings, findEncoding, type FoundEncoding } from './encodings.ts'
export { momentReader, type ReadMoment } from './moments.ts'
export { monthOfName } from './month-names.ts'
export {
  type DecimalMark,
  decimalMarks,
  findMarks,
  type NumberMarks,
  plainDecimal,
  type ReadFigure,
  readFigure,
  shiftDecimal,
  shownCell,
  type ThousandsMark,
  thousandsMarks,
  usualNulls,
} from './numbers.ts'
export { type ColumnRef, columnRef, type FileProfile, fileProfile, type FileProfileChange, fileProfileChange } from './profile.ts'
export { type Delimiter, delimiters, type Row, rowsOf, streamRows } from './rows.ts'
export { type DataRow, placeOf, placesOf, plainName, readTable, streamTable, type Table, tableOf, TableReader } from './table.ts'
export { isTimezone, LocalClock } from './zones.ts'
