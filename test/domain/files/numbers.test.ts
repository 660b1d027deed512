import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findMarks, readFigure } from '../../../domain/files/index.ts'

const dot = { decimalMark: '.', thousandsMark: ',' } as const
const comma = { decimalMark: ',', thousandsMark: '.' } as const

describe('a figure', () => {
  test.each([
    ['12.50', dot, '12.5'],
    ['99.0299987792', dot, '99.0299987792'],
    ['1,234,567.89', dot, '1234567.89'],
    ['12,34,567', dot, '1234567'],
    ['1.234.567,89', comma, '1234567.89'],
    ['0,5', comma, '0.5'],
    ['1.234', comma, '1234'],
    ["1'234.50", dot, '1234.5'],
    ['1 234,50', comma, '1234.5'],
    ['1\u00A0234\u202F567,5', comma, '1234567.5'],
    ['$191.38', dot, '191.38'],
    ['-$5', dot, '-5'],
    ['$-5', dot, '-5'],
    ['12,50 €', comma, '12.5'],
    ['EUR 12', dot, '12'],
    ['12 USD', dot, '12'],
    ['(1,200.00)', dot, '-1200'],
    ['12.5-', dot, '-12.5'],
    ['\u221237.63', dot, '-37.63'],
    ['+3', dot, '3'],
    ['1.5M', dot, '1500000'],
    ['1,3 Mio.', comma, '1300000'],
    ['2.1K', dot, '2100'],
    ['0.5B', dot, '500000000'],
    ['-0.12%', dot, '-0.0012'],
    ['1.2346E+7', dot, '12346000'],
    ['1,234e-05', comma, '0.00001234'],
    ['-0.00', dot, '0'],
    ['.5', dot, '0.5'],
    ['5.', dot, '5'],
  ])('%s', (text, marks, value) => {
    expect(readFigure(text, marks)).toEqual({ value })
  })

  test.each(['', ' ', '-', '--', 'N/A', 'null', 'NaN', '\u2014'])('that is the word "%s" has no value', text => {
    expect(readFigure(text, dot)).toEqual({ value: null })
  })

  test.each(['1.2.3', '1.2.3.4', '1,23', '1,2345', 'abc', '12abc', '--5', '(-5-)', '1e9999', '$', '1..2', '9'.repeat(200)])(
    '"%s" is a fault',
    text => {
      expect(readFigure(text, dot)).toHaveProperty('fault')
    },
  )

  const amounts = fc.tuple(fc.boolean(), fc.bigInt(0n, 10n ** 15n), fc.stringMatching(/^\d{0,7}[1-9]$/))
  const written = (whole: bigint, mark: string) => whole.toString().replaceAll(/\B(?=(\d{3})+$)/g, mark)

  it('is read exactly, however it is written', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom('.', ','),
        fc.constantFrom('', ',', '.', ' ', "'"),
        ([minus, whole, fraction], decimal, mark) => {
          fc.pre(decimal !== mark)
          const text = `${minus ? '-' : ''}${written(whole, mark)}${decimal}${fraction}`
          const marks = { decimalMark: decimal, thousandsMark: mark }
          expect(readFigure(text, marks)).toEqual({ value: `${minus ? '-' : ''}${whole}.${fraction}` })
        },
      ),
    )
  })
})

describe('the marks of a column', () => {
  test.each([
    [['1,234', '1,234.50'], '.', ',', false],
    [['1.234', '1.234,50'], ',', '.', false],
    [['1.234', '12,5'], ',', '.', false],
    [['1,234,567'], '.', ',', false],
    [['0,125'], ',', '', false],
    [['1,234'], '.', ',', true],
    [['1.234'], '.', '', true],
    [['12.50', '12,50'], '.', '', true],
    [['5', '7'], '.', '', false],
    [['1.234e-05'], '.', '', false],
    [['1 234,5'], ',', '', false],
  ] as const)('%j', (texts, decimalMark, thousandsMark, isAmbiguous) => {
    expect(findMarks(texts)).toMatchObject({ decimalMark, thousandsMark, isAmbiguous })
  })

  it('are not in doubt for a dot in a file with commas between its cells', () => {
    expect(findMarks(['1.234'], ',')).toMatchObject({ decimalMark: '.', isAmbiguous: false })
  })
})
