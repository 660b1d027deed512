import { useState } from 'react'
import { IconButton } from '../components/button.tsx'
import { SelectField } from '../components/field.tsx'
import { filterField } from '../components/filters.tsx'
import { useApi } from '../shell/api.ts'
import styles from './candle-chart.module.css'
import { type Chosen, type Description, isOverlay } from './indicator-shapes.ts'
import { chart as m } from '#messages/market'

type Parameter = Description['parameters'][number]

/** A number of an indicator. It takes effect when it is possible and the field is left, or Enter is pressed. */
const ParameterField = ({
  label,
  onChange,
  parameter,
  value,
}: {
  readonly label: string
  readonly parameter: Parameter
  readonly value: number
  readonly onChange: (value: number) => void
}) => {
  const [text, setText] = useState(String(value))
  const number = Number(text)
  const isPossible =
    text.trim() !== '' && number >= parameter.minimum && number <= parameter.maximum && (!parameter.integer || Number.isInteger(number))
  const take = () => (isPossible ? number !== value && onChange(number) : setText(String(value)))
  return (
    <label>
      {m.parameter(parameter.name)}
      <input
        inputMode="decimal"
        aria-label={`${label}: ${m.parameter(parameter.name)}`}
        aria-invalid={!isPossible}
        title={m.between(parameter.minimum, parameter.maximum)}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={event => event.key === 'Enter' && take()}
      />
    </label>
  )
}

/** Chooses indicators from all that the server computes, and their parameters. */
export const IndicatorPicker = ({
  chosen,
  onChange,
}: {
  readonly chosen: readonly Chosen[]
  readonly onChange: (chosen: readonly Chosen[]) => void
}) => {
  const { data } = useApi('GET /v1/market/indicators', {}, { staleTime: 3_600_000 })
  const all = data?.items ?? []
  const sorted = all.toSorted((left, right) => left.title.localeCompare(right.title))
  const describe = (name: string) => all.find(each => each.name === name)
  const add = (name: string) => {
    const parameters = Object.fromEntries((describe(name)?.parameters ?? []).map(parameter => [parameter.name, parameter.default]))
    if (name !== '') onChange([...chosen, { name, parameters }])
  }
  const option = ({ name, title }: Description) => [name, `${title} (${isOverlay(name) ? m.overPrices : m.ownPane})`] as const
  return (
    <div className={`${styles['picker']} no-print`}>
      <SelectField {...filterField('indicator', '', add)} label={m.addIndicator} options={[['', m.choose], ...sorted.map(option)]} />
      {chosen.length > 0 && (
        <ul className={styles['chosen']} aria-label={m.indicators}>
          {chosen.map(({ name, parameters }, place) => {
            const description = describe(name)
            const label = description?.title ?? name
            return (
              // The same indicator may be there twice, with other parameters.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${place} ${name} ${JSON.stringify(parameters)}`}>
                {label}
                {description?.parameters.map(parameter => (
                  <ParameterField
                    key={parameter.name}
                    label={label}
                    parameter={parameter}
                    value={parameters[parameter.name] ?? parameter.default}
                    onChange={value => onChange(chosen.with(place, { name, parameters: { ...parameters, [parameter.name]: value } }))}
                  />
                ))}
                <IconButton icon="close" label={m.removeIndicator(label)} onClick={() => onChange(chosen.toSpliced(place, 1))} />
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
