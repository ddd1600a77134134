#include "delivery/survey_batch.h"

namespace tocsin {

void SurveyBatch::extend() {
    if (size == rows.size()) {
        rows.emplace_back();
        about.emplace_back();
    }
    ++size;
}

void SurveyBatch::clear() {
    if (bytes >= kMostBytes) {
        rows = {};
        about = {};
    }
    size = bytes = 0;
}

}  // namespace tocsin
