import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import { type Lever, move, type Moved, type PortfolioModel, yearlyAmount } from './levers.ts'
import { Slider } from './slider.tsx'
import type { ReadInput } from './stored-input.ts'
import { whatIf as m } from '#messages/plan-analyses'

const labelOf = ({ kind, person = '' }: Lever): string => {
  const name = m.names[kind]
  return typeof name === 'string' ? name : name(person)
}

/** A value of a slider with its unit. */
const wordsOf = (
  { kind }: Lever,
  value: number,
  { inputs, look, models }: { readonly inputs: readonly ReadInput[]; readonly models: readonly PortfolioModel[]; readonly look: Look },
): string => {
  switch (kind) {
    case 'retirementAge':
      return m.age(formatNumber(value, look))
    case 'claimingAge':
      return value % 12 === 0
        ? m.age(formatNumber(value / 12, look))
        : m.ageMonths(formatNumber(Math.floor(value / 12), look), formatNumber(value % 12, look))
    case 'spending':
    case 'saving': {
      const percent = formatPercent(value / 100, look, 0)
      const amount = yearlyAmount(inputs, kind, value)
      return Number(yearlyAmount(inputs, kind)) > 0 ? m.perYear(formatMoney(amount, look), percent) : m.percentOnly(percent)
    }
    case 'horizon':
      return m.years(formatNumber(value, look))
    case 'allocation':
      return models[value]?.name ?? ''
  }
}

/** The sliders of a plan. */
export const LeverList = ({
  inputs,
  levers,
  models,
  moved,
  onMove,
}: {
  readonly levers: readonly Lever[]
  readonly inputs: readonly ReadInput[]
  readonly models: readonly PortfolioModel[]
  readonly moved: Moved
  readonly onMove: (moved: Moved) => void
}) => {
  const look = useLook()
  return levers.map(lever => {
    const value = moved[lever.key] ?? lever.stored
    const words = (of: number) => wordsOf(lever, of, { inputs, models, look })
    return (
      <Slider
        key={lever.key}
        label={labelOf(lever)}
        minimum={lever.minimum}
        maximum={lever.maximum}
        step={lever.step}
        value={value}
        words={words(value)}
        note={value === lever.stored ? undefined : m.stored(words(lever.stored))}
        onChange={next => onMove(move(moved, lever, next))}
      />
    )
  })
}

/** What two people have set a slider to: for the comparison of two versions. */
export const leverWords = (
  lever: Lever,
  value: number,
  given: { readonly inputs: readonly ReadInput[]; readonly models: readonly PortfolioModel[]; readonly look: Look },
): { readonly label: string; readonly words: string } => ({ label: labelOf(lever), words: wordsOf(lever, value, given) })
