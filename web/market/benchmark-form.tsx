import { useState } from 'react'
import { useLocation } from 'wouter'
import { CheckboxField, PercentField, SelectField, TextAreaField, TextField } from '../components/field.tsx'
import { formatPercent } from '../components/format.ts'
import { Form } from '../components/form.tsx'
import { Card } from '../components/page.tsx'
import { RowFields, rowField } from '../components/row-fields.tsx'
import { type Form as FormState, useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { changed } from '../shell/undo.ts'
import {
  type Benchmark,
  type BenchmarkBody,
  type BenchmarkValues,
  bodyOf,
  checkBenchmark,
  fieldOf,
  type PartRow,
  rowsOf,
  sumOf,
  textOf,
  valuesOf,
} from './benchmark-values.ts'
import { refuseTaken } from './refuse-taken.ts'
import { benchmarks as words, benchmarkTypes } from '#messages/market'
import { benchmarkForm as m } from '#messages/market-forms'

const put = async (symbol: string, body: BenchmarkBody): Promise<void> => {
  await api('PUT /v1/market/benchmarks/{symbol}', { params: { symbol }, body })
  await refreshQueries('GET /v1/market/benchmarks', 'GET /v1/market/benchmarks/{symbol}')
}

const Composition = ({ form }: { readonly form: FormState<BenchmarkValues> }) => {
  const look = useLook()
  const { error, id, onChange, value } = form.text('composition')
  const rows = rowsOf(value)
  return (
    <RowFields<PartRow>
      id={id}
      error={error}
      legend={m.composition}
      help={rows.length === 0 ? m.compositionHelp : m.sum(formatPercent(sumOf(value, look), look, 2))}
      rows={rows}
      onChange={next => onChange(textOf(next))}
      add={m.add}
      makeRow={() => ({ symbol: '', weight: '' })}
      nameOf={m.row}
      removeWords={m.removeRow}
    >
      {(row, change, index) => (
        <>
          <TextField {...rowField(id, index, 'symbol')} label={words.symbol} value={row.symbol} onChange={symbol => change({ symbol })} />
          <PercentField
            {...rowField(id, index, 'weight')}
            label={words.weight}
            value={row.weight}
            onChange={weight => change({ weight })}
          />
        </>
      )}
    </RowFields>
  )
}

/** Makes a benchmark, or changes one: with all of its instruments and weights. */
export const BenchmarkForm = ({ benchmark: given }: { readonly benchmark?: Benchmark }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const [before] = useState(given)
  const form = useForm<BenchmarkValues>({
    initial: before
      ? valuesOf(before, look)
      : {
          symbol: '',
          name: '',
          description: '',
          benchmarkType: 'index',
          category: '',
          currency: look.currency,
          composition: '',
          isActive: true,
        },
    draft: `benchmark ${before?.symbol ?? ''}`,
    check: values => checkBenchmark(values, look),
    fieldOf,
    submit: async values => {
      const symbol = values.symbol.trim().toUpperCase()
      const body = bodyOf(values, look)
      if (before) {
        await put(symbol, body)
        changed(m.stored(body.name), () => put(symbol, bodyOf(valuesOf(before, look), look)))
      } else {
        await refuseTaken(
          async () => (await api('GET /v1/market/benchmarks/{symbol}', { params: { symbol } })).symbol === symbol,
          m.taken(symbol),
        )
        await put(symbol, body)
        showToast({ kind: 'good', text: m.stored(body.name) })
      }
      navigate('/market/benchmarks')
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} columns>
        <TextField {...form.text('symbol')} label={words.symbol} help={before ? undefined : m.symbolHelp} readOnly={before !== undefined} />
        <TextField {...form.text('name')} label={m.name} />
        <SelectField {...form.text('benchmarkType')} label={words.type} options={Object.entries(benchmarkTypes)} />
        <TextField {...form.text('category')} label={words.category} help={m.categoryHelp} />
        <TextField {...form.text('currency')} label={words.currency} />
        <TextAreaField {...form.text('description')} label={m.description} rows={2} optional />
        <CheckboxField {...form.checkbox('isActive')} label={m.active} />
        <Composition form={form} />
      </Form>
    </Card>
  )
}
