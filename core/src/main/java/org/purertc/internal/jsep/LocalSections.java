package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;

/**
 * The sections that our description runs over one transport of ours.
 *
 * @param transport index of the transport
 * @param mid of the first of them, which candidates name
 * @param mLineIndex of that one
 */
public record LocalSections(int transport, String mid, int mLineIndex, List<String> mids) {

  public LocalSections {
    mids = List.copyOf(mids);
  }

  static List<LocalSections> of(MLines lines) {
    List<LocalSections> sections = new ArrayList<>();
    for (int transport : lines.transports()) {
      List<String> mids = lines.midsOn(transport);
      sections.add(new LocalSections(transport, mids.get(0), lines.on(transport).get(0), mids));
    }
    return sections;
  }
}
