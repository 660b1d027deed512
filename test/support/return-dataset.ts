import type { TestDatabase } from './postgres.ts'

interface Names {
  readonly name?: string
  readonly stocks?: string
  readonly bonds?: string
}

/** Two series and inflation over ten years, imported in the way of an operator. */
export const importDataset = async (
  database: TestDatabase,
  { bonds = 'bonds', name: datasetName = 'ten-years', stocks = 'stocks' }: Names = {},
): Promise<string> => {
  const operator = database.connect('nestegg_operator')
  const [dataset] = await operator<{ id: string }[]>`
    insert into market.return_datasets (name, version, source, series, first_year, last_year, content_hash)
    values (${datasetName}, 1, 'made for this test', ${`{${stocks},${bonds},cpi_inflation}`}, 2001, 2010, ${'0'.repeat(64)}) returning id`
  const years = Array.from({ length: 10 }, (_, index) => 2001 + index)
  const series = {
    [stocks]: [-0.12, -0.22, 0.28, 0.11, 0.05, 0.16, 0.05, -0.37, 0.26, 0.15],
    [bonds]: [0.05, 0.15, 0.01, 0.04, 0.03, 0.02, 0.1, 0.2, -0.11, 0.08],
    cpi_inflation: [0.016, 0.024, 0.019, 0.033, 0.034, 0.025, 0.041, 0.001, 0.027, 0.015],
  }
  for (const [name, values] of Object.entries(series)) {
    for (const [index, year] of years.entries()) {
      await operator`insert into market.annual_returns (dataset_id, series, year, value) values (${dataset!.id}, ${name}, ${year}, ${values[index]!})`
    }
  }
  return dataset!.id
}
