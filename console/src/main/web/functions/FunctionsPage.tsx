// SPDX-License-Identifier: Apache-2.0
export default function FunctionsPage(_: { readonly rest: string }) {
  return null;
}
