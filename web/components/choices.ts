type Option = readonly [value: string, label: string]

const locales = [
  'en-US',
  'en-GB',
  'en-CA',
  'en-AU',
  'en-IN',
  'es-US',
  'es-ES',
  'fr-FR',
  'fr-CA',
  'de-DE',
  'de-CH',
  'it-IT',
  'pt-BR',
  'nl-NL',
  'pl-PL',
  'ja-JP',
  'zh-CN',
  'ko-KR',
  'ar-EG',
  'he-IL',
]

const withStored = (values: readonly string[], stored: string): readonly string[] =>
  values.includes(stored) ? values : [stored, ...values]

/** Regions with their way to write numbers and dates, each in its own words. */
export const localeOptions = (stored: string): readonly Option[] =>
  withStored(locales, stored).map(locale => [locale, new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale])

/** The timezones that the browser knows. */
export const timezoneOptions = (stored: string): readonly Option[] =>
  withStored(Intl.supportedValuesOf('timeZone'), stored).map(zone => [zone, zone.replaceAll('_', ' ')])

/** The currencies that the browser knows, with their names. */
export const currencyOptions = (locale: string): readonly Option[] => {
  const names = new Intl.DisplayNames([locale], { type: 'currency' })
  return Intl.supportedValuesOf('currency').map(code => [code, `${code} · ${names.of(code) ?? code}`])
}
