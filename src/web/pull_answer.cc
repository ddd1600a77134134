#include "web/pull_answer.h"

#include "web/answers.h"

namespace tocsin {

WebResponse answer_pull(PullServer& server, const WebRequest& request) {
    PullAnswer answer = server.answer(
        {request.method, request.after, [&](const char* name) { return request.header(name); }});
    WebResponse response = text_answer(Asked::kPull, answer.status, std::move(answer.body));
    for (auto& header : answer.headers) response.headers.push_back(std::move(header));
    return response;
}

}  // namespace tocsin
