import { TextField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { rowField } from '../../components/row-fields.tsx'
import { useLook } from '../../shell/preferences.ts'
import { dollarWords, shareWords } from './lot-figures.tsx'
import { mergeLots, type OpenLot, picksIn, sumOfShares, typedOf } from './lot-picks.ts'
import { picking as m } from '#messages/lot-choices'
import { shared } from '#messages/lots'

/** A field for each lot, for the shares that are chosen of it. */
export const LotPicker = ({
  error,
  id,
  lots,
  onChange,
  value,
}: {
  readonly id: string
  readonly error: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
  readonly lots: readonly OpenLot[]
}) => {
  const look = useLook()
  const typed = typedOf(value)
  const chosen = sumOfShares(picksIn(value, look).map(({ quantity }) => quantity))
  return (
    <FieldGroup id={id} legend={m.lots} help={lots.length === 0 ? m.none : m.sum(shareWords(chosen, look))} error={error}>
      <Fields>
        {mergeLots(lots).map(({ acquiredOn, costBasis, openingId, quantity, term }, index) => (
          <TextField
            key={openingId}
            {...rowField(id, index, 'quantity')}
            label={formatDate(acquiredOn, look)}
            help={m.lot(shared.terms[term], costBasis === null ? m.unknownBasis : dollarWords(costBasis, look))}
            after={m.of(formatNumber(quantity, look, 10))}
            inputMode="decimal"
            value={typed[openingId] ?? ''}
            onChange={text => onChange(JSON.stringify({ ...typed, [openingId]: text }))}
          />
        ))}
      </Fields>
    </FieldGroup>
  )
}
