const element = (value: string | number): string => {
  const text = String(value)
  return /^[\w.:+-]+$/.test(text) && !/^null$/i.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}

/** A PostgreSQL array as text, to be cast: `${arrayText(names)}::text[]`. One parameter, however many elements. */
export const arrayText = (values: readonly (string | number | null)[]): string =>
  `{${values.map(value => (value === null ? 'null' : element(value))).join(',')}}`

/** The same, for elements that need no quotes: numbers, dates, instants in RFC 3339. */
export const plainArrayText = (values: readonly (string | number | null)[]): string =>
  `{${values.includes(null) ? values.map(value => value ?? 'null').join(',') : values.join(',')}}`
