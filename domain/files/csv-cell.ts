const formulaStart = /^'*[=+\-@\t\r]/

/**
 * A cell of CSV (RFC 4180). A spreadsheet would compute a text that begins like a formula, so an apostrophe is put before it, and one more before a
 * text that begins with apostrophes and a formula: so it can be taken off exactly.
 * @param isNumber the text is a number in plain form, which may begin with a minus
 */
export const csvCell = (value: string, isNumber = false): string => {
  const text = !isNumber && formulaStart.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
