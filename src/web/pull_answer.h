// `GET …/pull` of `serve --standalone`, carried to unsubscribe/pull_server.h and back.
#pragma once

#include "unsubscribe/pull_server.h"
#include "web/http.h"

namespace tocsin {

WebResponse answer_pull(PullServer& server, const WebRequest& request);

}  // namespace tocsin
