#include "service/preview.hpp"

#include "service/composing.hpp"
#include "service/drawing_board.hpp"
#include "service/one_letter.hpp"
#include "service/page_rasters.hpp"

namespace pli::service {

Result<Preview> preview(const Workspace& workspace, const PreviewRequest& request) {
    const auto shown =
        TRY(find_letter(workspace, {request.letter, request.template_name, request.data_file, request.data}));
    const auto composing = TRY(compose(workspace, {shown.template_name}, request.day));
    if (!composing.broken.front().empty())
        return failure(Fault::BadInput, "template " + shown.template_name, composing.broken.front());
    DrawingBoard board(composing, request.day, workspace.country, {rasterise_page});
    Easel easel;
    return board.draw(shown.letter, request, easel);
}

}  // namespace pli::service
