/**
 * A label for each folder of a workspace, in their order, to stand in front of the paths of its files: its name, in
 * signs that paths of answers may hold, and told apart from the others' also where letter case does not count.
 */
export function folderLabels(names: readonly string[]): readonly string[] {
  const labels: string[] = [];
  const isTaken = (label: string): boolean => labels.some((one) => one.toLowerCase() === label.toLowerCase());
  for (const name of names) {
    const plain = name.replace(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^[ .]+|[ .]+$/g, '') || 'folder';
    let label = plain;
    for (let nth = 2; isTaken(label); nth += 1) label = `${plain}-${String(nth)}`;
    labels.push(label);
  }
  return labels;
}
