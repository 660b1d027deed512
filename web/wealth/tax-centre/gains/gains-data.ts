import { keepPreviousData } from '@tanstack/react-query'
import type { ApiAnswer, ApiItem } from '../../../../lambdas/api-types.ts'
import { useApi } from '../../../shell/api.ts'
import { useAddress } from '../../../shell/use-address.ts'
import { refreshInterval, useRefreshedLots } from '../../lots/lot-data.ts'
import { boxes } from '#messages/gains'

export type Form8949 = ApiAnswer<'GET /v1/wealth/tax-reports/{year}/form-8949'>
export type Form8949Line = ApiItem<'GET /v1/wealth/tax-reports/{year}/form-8949/lines'>
export type Box = Form8949Line['box']
export type Totals = Form8949['totals']['short']

/** How the form is written, as the address says it. */
export interface FormStyle {
  readonly rounding: Form8949['rounding']
  readonly plainSales: Form8949['plainSales']
}

export const useFormStyle = (): FormStyle => {
  const { read } = useAddress()
  return {
    rounding: read('rounding') === 'dollars' ? 'dollars' : 'cents',
    plainSales: read('plainSales') === 'totals' ? 'totals' : 'lines',
  }
}

/** What the address says of a style. What is usual is left out. */
export const addressOf = ({ plainSales, rounding }: FormStyle): Record<string, string> => ({
  rounding: rounding === 'cents' ? '' : rounding,
  plainSales: plainSales === 'lines' ? '' : plainSales,
})

const pathWith = (path: string, parameters: Readonly<Record<string, string>>): string => {
  const given = Object.entries(parameters).filter(([, value]) => value !== '')
  return given.length === 0 ? path : `${path}?${String(new URLSearchParams(given))}`
}

export const taxesPath = (year: string, style: FormStyle): string => pathWith('/taxes', { year, ...addressOf(style) })
/** The lines of a box, or those that are in no total. */
export const linesPath = (year: number, part: Box | 'incomplete', style: FormStyle): string =>
  pathWith(`/taxes/${year}/gains/${part}`, addressOf(style))

export const isBox = (text: string): text is Box => Object.hasOwn(boxes, text)

/** The form of a year. The figures that are shown stay while another style of it is read. */
export const useForm8949 = (householdId: string, year: string, style: FormStyle) => {
  const form = useApi(
    'GET /v1/wealth/tax-reports/{year}/form-8949',
    { params: { year }, query: { householdId, ...style } },
    {
      refetchInterval: ({ state }) => (state.data?.isCurrent === false ? refreshInterval : false),
      placeholderData: keepPreviousData,
    },
  )
  useRefreshedLots(form.data?.isCurrent)
  return form
}
