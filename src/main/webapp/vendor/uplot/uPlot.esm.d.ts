/** As much of uPlot's types as the console uses. */
export default class uPlot {
  constructor(options: object, data: (number | null)[][], target: HTMLElement);
  readonly cursor: {idx?: number | null};
  setData(data: (number | null)[][]): void;
  setSize(size: {width: number, height: number}): void;
  redraw(): void;
}
